"""The open data of the Verkhovna Rada: cards, editions and texts of acts by number (data.rada.gov.ua)."""
