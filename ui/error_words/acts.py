"""Errors of files and acts."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "file_refused": (
        N_("The file was not imported"),
        N_("It cannot become an act."),
        N_("Choose another file."),
    ),
    "empty_file": (
        N_("The file is empty"),
        N_("It holds no text."),
        N_("Choose the file with the text of the act."),
    ),
    "binary_file": (
        N_("This is not a text file"),
        N_("It looks like a document of another kind: {kind}."),
        N_("Save the act as .docx, .odt, .rtf, .pdf or .txt and import that file."),
    ),
    "file_too_large": (
        N_("The file is too large"),
        N_("It has {size_mb} MB; the limit is {limit_mb} MB."),
        N_("Split the act or import only its text."),
    ),
    "encoding_unknown": (
        N_("The letters could not be read"),
        N_("The file uses an encoding that gives no Ukrainian text."),
        N_("Save it as UTF-8 or Windows-1251 and import it again."),
    ),
    "file_damaged": (
        N_("The file is damaged"),
        N_(
            "Its letters are broken from byte {position} on. They were not guessed, so as "
            "not to falsify the act."
        ),
        N_("Take the file from its source again."),
    ),
    "act_not_found": (
        N_("The act is no longer here"),
        N_("It was deleted or never existed."),
        N_("Return to the list of acts; a deleted act can be restored there."),
    ),
    "binary_file.other": (
        N_("This is not a text file"),
        N_("Its bytes make no text."),
        N_("Save the act as .docx, .odt, .rtf, .pdf or .txt and import that file."),
    ),
    "binary_file.image": (
        N_("This is a picture"),
        N_("A scan holds no letters that could be read."),
        N_("Recognise its text first, save it as .txt and import that file."),
    ),
    "binary_file.archive": (
        N_("This is an archive"),
        N_("Of archives only .zip is opened."),
        N_("Pack the files as .zip, or import them one by one."),
    ),
}
