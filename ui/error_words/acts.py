"""Errors of files and acts."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "file_refused": (
        N_("The file was not imported"),
        N_("No act can be created from it."),
        N_("Choose another file."),
    ),
    "empty_file": (
        N_("The file is empty"),
        N_("It contains no text."),
        N_("Choose the file with the text of the act."),
    ),
    "binary_file": (
        N_("This is not a text file"),
        N_("It looks like a different kind of file: {kind}."),
        N_("Save the act as .docx, .odt, .rtf, .pdf or .txt and import that file."),
    ),
    "file_too_large": (
        N_("The file is too large"),
        N_("It is {size_mb} MB; the limit is {limit_mb} MB."),
        N_("Split the act or import only its text."),
    ),
    "encoding_unknown": (
        N_("The text encoding was not recognised"),
        N_("No known encoding turns this file into Ukrainian text."),
        N_("Save it as UTF-8 or Windows-1251 and import it again."),
    ),
    "file_damaged": (
        N_("The file is damaged"),
        N_(
            "Its text is corrupted from byte {position} on. Norma does not guess the letters, "
            "so as not to distort the act."
        ),
        N_("Download the file from its source again."),
    ),
    "act_not_found": (
        N_("This act is no longer available"),
        N_("It was deleted or never existed."),
        N_("Go back to the list of acts; a deleted act can be restored there."),
    ),
    "binary_file.other": (
        N_("This is not a text file"),
        N_("Its contents are not text."),
        N_("Save the act as .docx, .odt, .rtf, .pdf or .txt and import that file."),
    ),
    "binary_file.image": (
        N_("This is a picture"),
        N_("A picture contains no text that can be read."),
        N_("Run text recognition (OCR) on it first, save the text as .txt and import that file."),
    ),
    "binary_file.archive": (
        N_("This is an archive"),
        N_("Only .zip archives can be opened."),
        N_("Pack the files as .zip, or import them one by one."),
    ),
}
