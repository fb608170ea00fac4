"""W&B and Weave on one loopback address, as a self-managed installation has them."""

from tests.standins.http_server import LoopbackServer
from tests.standins.wandb_service import WandbService
from tests.standins.weave_service import WeaveService


class TrackingServer(LoopbackServer):
    """`with TrackingServer() as server:` then `server.url`, `.wandb.runs`, `.weave.calls`, `.fault`."""

    def __init__(self) -> None:
        self.wandb = WandbService()
        self.weave = WeaveService()
        super().__init__([self.wandb.route, self.weave.route])
