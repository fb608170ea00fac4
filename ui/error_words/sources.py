"""Errors of documents, archives, tables and of the Rada's open data."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "binary_file.doc": (
        N_("This is an old Word document"),
        N_("Files in the format .doc cannot be read."),
        N_("Open it in Word or LibreOffice, save it as .docx and import that file."),
    ),
    "format_unknown": (
        N_("The format is not known"),
        N_("Neither the name nor the content says what this file is."),
        N_("Import it as .txt, .html, .docx, .odt, .rtf or .pdf."),
    ),
    "file_unreadable": (
        N_("The file could not be opened"),
        N_("The computer gives this reason: {reason}."),
        N_("Check that the file exists and may be read."),
    ),
    "document_damaged": (
        N_("The document is damaged"),
        N_("Its format is {kind}, but it cannot be opened."),
        N_("Open it in the program it was made with, save it again and import the new file."),
    ),
    "document_locked": (
        N_("The document is locked with a password"),
        N_("Without the password its text cannot be read."),
        N_("Save it without a password and import that file."),
    ),
    "macros_refused": (
        N_("The document contains macros"),
        N_("Documents with programs inside are not opened."),
        N_("Save it without macros, as .docx or .xlsx, and import that file."),
    ),
    "xml_forbidden": (
        N_("The document is not safe"),
        N_("It refers to entities that no honest document needs, so it was not opened."),
        N_("Take the document from a source you trust."),
    ),
    "document_too_complex": (
        N_("The document could not be read within the limits"),
        N_("Reading it took more memory or time than a document may take."),
        N_("Split the document, or save its text as .txt and import that file."),
    ),
    "document_too_deep": (
        N_("The document is nested too deeply"),
        N_("Its parts stand inside one another deeper than in any act."),
        N_("Save its text as .txt and import that file."),
    ),
    "too_many_pages": (
        N_("The document has too many pages"),
        N_("It has {pages} pages; the limit is {limit}."),
        N_("Split the document and import its parts."),
    ),
    "no_text_layer": (
        N_("This PDF is a scan"),
        N_("Its {pages} pages are pictures and hold no letters."),
        N_("Recognise its text first, or find the act by number at the Rada."),
    ),
    "text_layer_broken": (
        N_("The letters of this PDF cannot be read"),
        N_("Its fonts do not say which letters they draw."),
        N_("Find the act in another format, or by number at the Rada."),
    ),
    "archive_damaged": (
        N_("The archive is damaged"),
        N_("It cannot be opened, or a file inside it is broken."),
        N_("Take the archive from its source again."),
    ),
    "archive_locked": (
        N_("The archive is locked with a password"),
        N_("Without the password this file cannot be read."),
        N_("Unpack it and import the files."),
    ),
    "archive_too_many": (
        N_("There are too many files in the archive"),
        N_("It holds {count} files; the limit is {limit}."),
        N_("Split the archive."),
    ),
    "archive_too_large": (
        N_("The archive is too large"),
        N_("Unpacked it would take more than {limit_mb} MB."),
        N_("Split the archive."),
    ),
    "archive_bomb": (
        N_("The file is not safe"),
        N_("It is packed {ratio} to one, as no text can be, so it was not unpacked."),
        N_("Take the file from a source you trust."),
    ),
    "archive_nested": (
        N_("An archive or a table inside an archive"),
        N_("Only documents inside an archive are imported."),
        N_("Take it out and import it by itself."),
    ),
    "table_column_needed": (
        N_("Choose the column with the texts"),
        N_("The table has these columns: {columns}."),
        N_("Import it as a table and name the column."),
    ),
    "table_column_unknown": (
        N_("The table has no such column"),
        N_("There is no column “{column}”; there are: {columns}."),
        N_("Choose one of them."),
    ),
    "table_empty": (
        N_("The table is empty"),
        N_("It has no row below its head."),
        N_("Choose the file with the acts."),
    ),
    "table_damaged": (
        N_("The table is damaged"),
        N_("It could not be read, at row {row}."),
        N_("Open it in a spreadsheet program, save it again and import the new file."),
    ),
    "number_unclear": (
        N_("It is not clear which act this is"),
        N_("“{number}” is neither a number nor a link that names one act."),
        N_("Give the number as 2939-VI or 448-2022-п, or the link to the act’s page."),
    ),
    "link_foreign": (
        N_("This link does not lead to an act of the Rada’s site"),
        N_("It is {number}."),
        N_("Copy the address of the act’s page at zakon.rada.gov.ua."),
    ),
    "rada_offline": (
        N_("There is no connection to the network"),
        N_("The address {host} cannot be found from this computer."),
        N_("Check the connection and try again; files can be imported without it."),
    ),
    "rada_unreachable": (
        N_("The Rada’s open data does not answer"),
        N_("{host} was asked {attempts} times without an answer."),
        N_("Try again later."),
    ),
    "rada_blocked": (
        N_("The Rada’s open data refuses to answer"),
        N_("It does not answer requests from this computer for now (reply {status})."),
        N_("Wait a day, or import the act from a file."),
    ),
    "rada_moved": (
        N_("The Rada’s open data has moved"),
        N_("It sends to another address: {to}. Such replies are not followed."),
        N_("Tell whoever looks after Norma; until then import the act from a file."),
    ),
    "act_not_at_rada": (
        N_("The Rada has no such act"),
        N_("Nothing is known there under the number {number}."),
        N_("Check the number, or open the act at zakon.rada.gov.ua and copy its link."),
    ),
    "rada_failed": (
        N_("The Rada’s open data has failed"),
        N_("It answered with an error of its own ({status})."),
        N_("Try again later."),
    ),
    "rada_reply_unreadable": (
        N_("The reply of the Rada’s open data cannot be read"),
        N_("It is not the act that was asked for."),
        N_("Try again later, or import the act from a file."),
    ),
    "rada_daily_limit": (
        N_("The daily limit of the Rada’s open data is used up"),
        N_("It gives {limit_mb} MB a day."),
        N_("Go on tomorrow; the acts already imported stay."),
    ),
    "same_edition": (
        N_("This edition is here already"),
        N_("The act is here in the edition of {edition}, with another wording of its text."),
        N_("Open the act that is here."),
    ),
}
