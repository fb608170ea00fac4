"""How many passes over the training rows a job makes when nobody says otherwise."""

TARGET = 3
_LEAST_SEEN, _MOST_SEEN = 100, 25_000
_FEWEST, _MOST = 1, 25


def default(examples: int) -> int:
    """Epochs for `examples` rows: three, more for few rows, fewer for very many.

    The rule of OpenAI's data preparation recipe (openai/openai-cookbook,
    examples/Chat_finetuning_data_prep.ipynb); asked for explicitly, so that the price is known before.
    """
    if examples <= 0:
        return TARGET
    if examples * TARGET < _LEAST_SEEN:
        return min(_MOST, max(TARGET, _LEAST_SEEN // examples))
    if examples * TARGET > _MOST_SEEN:
        return max(_FEWEST, _MOST_SEEN // examples)
    return TARGET
