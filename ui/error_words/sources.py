"""Errors of documents, archives, tables and of the Rada's open data."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "binary_file.doc": (
        N_("This is an old-format Word document"),
        N_(".doc files cannot be read."),
        N_("Open it in Word or LibreOffice, save it as .docx and import that file."),
    ),
    "binary_file.xls": (
        N_("This is an old-format Excel workbook"),
        N_(".xls files cannot be read."),
        N_("Open it in Excel or LibreOffice, save it as .xlsx and import that file."),
    ),
    "file_unreadable": (
        N_("The file could not be opened"),
        N_("Reason given by the system: {reason}."),
        N_("Check that the file exists and can be read."),
    ),
    "file_unreadable.special": (
        N_("This is not a file"),
        N_("It is a folder or a device of the system."),
        N_("Choose the file with the text of the act."),
    ),
    "document_damaged": (
        N_("The document is damaged"),
        N_("Its format is {kind}, but it cannot be opened."),
        N_("Open it in the program that created it, save it again and import the new file."),
    ),
    "document_locked": (
        N_("The document is password-protected"),
        N_("Its text cannot be read without the password."),
        N_("Save it without a password and import that file."),
    ),
    "macros_refused": (
        N_("The document contains macros"),
        N_("Documents that contain programs are not opened."),
        N_("Save it without macros, as .docx or .xlsx, and import that file."),
    ),
    "xml_forbidden": (
        N_("The document is not safe"),
        N_("It contains references that an ordinary document does not need, so it was not opened."),
        N_("Get the document from a source you trust."),
    ),
    "document_too_complex": (
        N_("The document is too complex to read"),
        N_("Reading it took more memory or time than is allowed for one document."),
        N_("Split the document, or save its text as .txt and import that file."),
    ),
    "document_too_deep": (
        N_("The document is nested too deeply"),
        N_("Its parts are nested deeper than in any real act."),
        N_("Save its text as .txt and import that file."),
    ),
    "too_many_lines": (
        N_("The text has too many lines"),
        N_("It has {count} lines and editorial notes; the limit is {limit}."),
        N_("Check that this is the text of an act; split a large document into parts."),
    ),
    "too_many_pages": (
        N_("The document has too many pages"),
        N_("It has {pages} pages; the limit is {limit}."),
        N_("Split the document and import its parts."),
    ),
    "no_text_layer": (
        N_("This PDF is a scan"),
        N_("Its pages ({pages}) are pictures and contain no text."),
        N_("Run text recognition (OCR) on it first, or import the act by number from the Rada."),
    ),
    "text_layer_broken": (
        N_("The text of this PDF cannot be read"),
        N_("Its fonts do not identify the letters they show."),
        N_("Find the act in another format, or import it by number from the Rada."),
    ),
    "archive_damaged": (
        N_("The archive is damaged"),
        N_("It cannot be opened, or a file inside it is damaged."),
        N_("Download the archive from its source again."),
    ),
    "archive_locked": (
        N_("The archive is password-protected"),
        N_("This file cannot be read without the password."),
        N_("Unpack it and import the files."),
    ),
    "archive_too_many": (
        N_("There are too many files in the archive"),
        N_("It contains {count} files; the limit is {limit}."),
        N_("Split the archive."),
    ),
    "archive_too_large": (
        N_("The archive is too large"),
        N_("Unpacked, it would take more than {limit_mb} MB."),
        N_("Split the archive."),
    ),
    "archive_bomb": (
        N_("The file is not safe"),
        N_("Its compression ratio is {ratio}:1. Text never compresses that far, so it was not unpacked."),
        N_("Get the file from a source you trust."),
    ),
    "archive_bomb.overlap": (
        N_("The archive is not safe"),
        N_("Files inside it share the same data, so it would take up far more space when unpacked."),
        N_("Get the file from a source you trust."),
    ),
    "archive_method": (
        N_("The archive uses an unusual compression method"),
        N_("Only archives packed with the standard method (Deflate) can be unpacked safely."),
        N_("Pack the files as an ordinary .zip, or import them one by one."),
    ),
    "archive_link": (
        N_("This is a link, not a file"),
        N_("The archive contains only a reference to the file, not the file itself."),
        N_("Import the document itself."),
    ),
    "archive_nested": (
        N_("An archive or table inside an archive"),
        N_("Only documents are imported from an archive."),
        N_("Take it out of the archive and import it separately."),
    ),
    "table_column_needed": (
        N_("Choose the column with the text"),
        N_("The table has these columns: {columns}."),
        N_("Import it as a table and choose the column."),
    ),
    "table_column_unknown": (
        N_("The table has no such column"),
        N_("There is no column “{column}”. Available columns: {columns}."),
        N_("Choose one of them."),
    ),
    "archive_too_large.table": (
        N_("The table is too large"),
        N_("Its texts together are longer than {limit_mb} million characters."),
        N_("Split the table."),
    ),
    "table_damaged.xlsx": (
        N_("The table is damaged"),
        N_("The workbook cannot be opened."),
        N_("Open it in a spreadsheet program, save it again and import the new file."),
    ),
    "not_a_table": (
        N_("This is not a table"),
        N_("Whatever its name says, this file holds one document or an archive."),
        N_("Import it under “Files”."),
    ),
    "table_too_wide": (
        N_("The table has too many columns"),
        N_("It has {count} columns; the limit is {limit}."),
        N_("Keep the columns with the text, title and number, and import it again."),
    ),
    "table_empty": (
        N_("The table is empty"),
        N_("There are no rows below the header."),
        N_("Choose the file with the acts."),
    ),
    "table_damaged": (
        N_("The table is damaged"),
        N_("Row {row} could not be read."),
        N_("Open it in a spreadsheet program, save it again and import the new file."),
    ),
    "number_unclear": (
        N_("It is not clear which act this is"),
        N_("“{number}” is neither an act number nor a link to an act."),
        N_("Enter a number such as 2939-VI or 448-2022-п, or a link to the act’s page."),
    ),
    "link_foreign": (
        N_("This link does not lead to an act on the Rada’s site"),
        N_("The link is {number}."),
        N_("Copy the address of the act’s page at zakon.rada.gov.ua."),
    ),
    "rada_offline": (
        N_("No network connection"),
        N_("The address {host} cannot be found from this computer."),
        N_("Check the connection and try again; files can be imported without one."),
    ),
    "rada_unreachable": (
        N_("The Rada’s open data portal is not responding"),
        N_("{host} did not answer; requests sent: {attempts}."),
        N_("Try again later."),
    ),
    "rada_blocked": (
        N_("The Rada’s open data portal refuses requests"),
        N_("It is not accepting requests from this computer at the moment (status {status})."),
        N_("Wait a day, or import the act from a file."),
    ),
    "rada_moved": (
        N_("The Rada’s open data portal has moved"),
        N_("It redirects to another address, {to}. Norma does not follow redirects."),
        N_("Tell your Norma administrator; meanwhile, import the act from a file."),
    ),
    "act_not_at_rada": (
        N_("The Rada has no such act"),
        N_("Nothing was found there under the number {number}."),
        N_("Check the number, or open the act at zakon.rada.gov.ua and copy its link."),
    ),
    "edition_not_at_rada": (
        N_("The act has no such edition"),
        N_("The Rada has no edition of {number} dated {edition}."),
        N_("Enter the number of the act alone and choose one of its editions."),
    ),
    "rada_failed": (
        N_("Error on the Rada’s open data portal"),
        N_("The portal returned an error ({status})."),
        N_("Try again later."),
    ),
    "rada_reply_unreadable": (
        N_("The reply from the Rada’s open data portal cannot be read"),
        N_("It is not the requested act."),
        N_("Try again later, or import the act from a file."),
    ),
    "rada_not_asked": (
        N_("The act was not requested"),
        N_("The portal turned away the three numbers before it, so the rest of the list was left alone."),
        N_("Import these numbers again later."),
    ),
    "rada_daily_limit": (
        N_("The daily limit of the Rada’s open data is used up"),
        N_("The limit is {limit_mb} MB a day."),
        N_("Continue tomorrow; acts already imported are kept."),
    ),
    "same_edition": (
        N_("This edition is already stored"),
        N_("The act is already stored in the edition of {edition}, with slightly different text."),
        N_("Open the existing act."),
    ),
}
