"""The card of backups: everything in one file, and back."""

from pathlib import Path

import streamlit as st

from services.backup import service
from services.setup.service import SetupView
from ui import errors, layout
from ui.i18n import Text

_MADE, _RESTORED, _ROUND = "su_backup", "su_restored", "su_restore_round"


def draw(t: Text, view: SetupView) -> None:
    """The whole card."""
    with layout.card(
        "backup",
        t("Backup"),
        t("Acts, decisions, datasets, models and results in one file. Keys are never included."),
    ):
        layout.key_values([(t("Data folder"), view.data_dir)])
        with errors.guard(t):
            _make(t)
        with errors.guard(t):
            _restore(t)


def _make(t: Text) -> None:
    with layout.actions("backup"):
        if layout.press(layout.Button(t("Make a backup"), "su_backup_make", icon="archive")):
            with st.spinner(t("Writing the backup")):
                st.session_state[_MADE] = str(service.create().path)
        made = st.session_state.get(_MADE)
        if made and Path(made).exists():
            st.download_button(
                t("Download {size}", size=t.size(Path(made).stat().st_size)),
                data=lambda: Path(made).read_bytes(),
                file_name=Path(made).name,
                mime="application/zip",
                icon=":material/download:",
                type="primary",
                key="su_backup_get",
            )
    latest = service.latest()
    if latest:
        layout.note(t("The last backup was made on {moment}.", moment=t.datetime(latest.made_at)))


def _restore(t: Text) -> None:
    turn = st.session_state.setdefault(_ROUND, 0)
    file = st.file_uploader(
        t("Restore from a backup file (.zip)"), type=["zip"], key=f"su_restore_{turn}", max_upload_size=2000
    )
    if st.session_state.pop(_RESTORED, False):
        st.success(
            t("The previous data is kept as a separate backup."),
            title=t("The backup was restored"),
            icon=":material/check_circle:",
        )
    if file is None:
        return
    layout.remark(
        "warn",
        t("Restoring replaces everything that is stored now."),
        t("A backup of the current data is made first."),
    )
    if layout.press(
        layout.Button(
            t("Replace everything with this backup"), "su_restore_go", icon="settings_backup_restore"
        )
    ):
        with st.spinner(t("Restoring")):
            service.restore(file)
        st.session_state[_RESTORED] = True
        st.session_state[_ROUND] = turn + 1
        st.rerun()
