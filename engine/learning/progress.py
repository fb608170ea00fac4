"""Training's figures as they come, summed over the types' models into one curve."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.learning.crf import CHANCE
from engine.learning.figures import Figures, mean, untrained
from engine.learning.passages import Passage


@dataclass(frozen=True)
class Progress:
    """Figures of training as it runs; losses in nats per token, averaged over the learned types.

    `step` counts L-BFGS iterations over all models; an epoch is an equal share of them. A type whose model is
    not trained yet counts as chance. Accuracies are shares of tokens with the right label. None where nothing
    was measured at this step.
    """

    step: int
    total_steps: int
    epoch: float
    train_loss: float
    valid_loss: float | None
    train_mean_token_accuracy: float | None
    valid_mean_token_accuracy: float | None
    message: str


class Curve:
    """Keeps what is known of every type's model and reports the mean."""

    def __init__(
        self,
        kinds: Sequence[str],
        passages: Sequence[Passage],
        iterations: int,
        epochs: int,
        report: Callable[[Progress], None],
    ) -> None:
        self._train = {kind: untrained(passages, kind) for kind in kinds}
        self._valid = dict(self._train)
        self._iterations = iterations
        self._epochs = epochs
        self._report = report
        self._done = 0
        self.total = max(iterations * len(kinds), 1)

    def iteration(self, kind: str, number: int, loss: float) -> None:
        """One L-BFGS iteration of a type's model with its objective per token."""
        self._train[kind] = Figures(min(loss, CHANCE), self._train[kind].accuracy)
        step = self._done + min(number, self._iterations)
        self._send(step, None, None, f"{kind}: iteration {number}")

    def finished(self, kind: str, train: Figures, valid: Figures) -> int:
        """A type's model is trained: its figures on seen and unseen passages; returns the step."""
        self._done += self._iterations
        self._train[kind], self._valid[kind] = train, valid
        self._send(
            self._done,
            mean(list(self._valid.values())),
            mean(list(self._train.values())).accuracy,
            f"{kind}: trained",
        )
        return self._done

    def note(self, message: str) -> None:
        """A message between figures."""
        self._send(self._done, None, None, message)

    def _send(self, step: int, valid: Figures | None, accuracy: float | None, message: str) -> None:
        self._report(
            Progress(
                step=step,
                total_steps=self.total,
                epoch=step / self.total * self._epochs,
                train_loss=mean(list(self._train.values())).loss,
                valid_loss=valid.loss if valid else None,
                train_mean_token_accuracy=accuracy,
                valid_mean_token_accuracy=valid.accuracy if valid else None,
                message=message,
            )
        )
