"""The browser app: layout and event wiring; what is shown and done is in ``qa.web``."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read while gradio is imported

import gradio as gr
from gradio.utils import get_upload_folder

from index.errors import HoidapError, InputError
from index.fetch import fetch_page
from index.library import Library
from qa import Assistant
from qa.plain import for_clients, to_plain
from qa.settings import Settings, settings
from qa.web import page
from qa.web.builder import Builder
from qa.web.desk import Desk
from qa.web.limits import parse_day
from qa.web.shelf import Fetch, Shelf
from qa.web.talk import reply
from qa.web.words import LANGUAGES, words

_CHAT_HEIGHT = "max(320px, calc(100dvh - 20rem))"
Head = Callable[[str], str]


def build_app(
    assistant: Assistant, *, read_only: bool = False, uploads: Path | None = None, fetch: Fetch = fetch_page
) -> gr.Blocks:
    """Return the page with its endpoints ``/ask``, ``/retrieve`` and ``/figures``; nothing is served yet.

    Args:
        assistant: answers.
        read_only: articles can be neither added nor removed.
        uploads: where added articles are kept; None for the index folder.
        fetch: gets a page by its address; as it is, only from public addresses.
    """
    builder = Builder(Library(assistant.store, uploads))
    shelf = Shelf(assistant, builder, Path(get_upload_folder()), read_only=read_only, fetch=fetch)
    desk = Desk(assistant, shelf)
    said = words()
    with gr.Blocks(title=said["title"], fill_width=True, analytics_enabled=False) as app:
        head = gr.HTML(elem_id="hd-head")
        gr.HTML(
            "", js_on_load="hoidap.start(server, upload)", server_functions=desk.functions(), visible="hidden"
        )
        with gr.Tabs():
            with gr.Tab(said["tab_chat"]) as chat_tab:
                changing = _chat(desk)
            with gr.Tab(said["tab_articles"]) as shelf_tab:
                listed = gr.HTML(desk.shelf_tab("vi"))
            with gr.Tab(said["tab_figures"]) as figures_tab:
                figures = gr.HTML(desk.figures_tab("vi"))
        changing |= {"head": head, "chat_tab": chat_tab, "shelf_tab": shelf_tab, "shelf": listed}
        changing |= {"figures_tab": figures_tab, "figures": figures}
        _translate(app, desk, changing)
        _add_endpoints(assistant)
    return app.queue(default_concurrency_limit=4, max_size=64)


def _chat(desk: Desk) -> dict[str, Any]:
    """Lay out the conversation and wire it; return what changes with the language."""
    said = words()
    with gr.Row():
        with gr.Column(scale=3, min_width=320):
            chatbot = _chatbot(desk)
            gr.HTML(page.BARS, elem_id="hd-bars")
            question = gr.Textbox(
                label=said["question"],
                show_label=False,
                elem_id="hd-question",
                placeholder=said["placeholder"],
                submit_btn=said["send"],
                autofocus=True,
                max_length=2000,
            )
            fields = gr.HTML(desk.filters("vi"), elem_id="hd-filters")
        with gr.Column(scale=2, min_width=320, elem_id="hd-side"):
            side = gr.HTML(page.side("vi"))
    options, answer = gr.Textbox(visible=False), gr.Textbox(visible=False)
    ask, show, stop = (
        gr.Button("", elem_id=f"hd-{name}", visible="hidden") for name in ("ask", "show", "stop")
    )

    def respond(options: str) -> str:
        return reply(desk.answers, json.loads(options or "{}"))

    asked = gr.on(
        [question.submit, ask.click],
        None,
        [question, chatbot, options, answer],
        [question, chatbot, options, answer],
        js="(question, messages, options, answer) => hoidap.outgoing(question, messages, answer)",
        api_visibility="private",
    ).then(respond, options, answer, show_progress="hidden", api_visibility="private")
    asked.then(
        None,
        [chatbot, answer],
        chatbot,
        js="(messages, answer) => [hoidap.answered(messages, answer)]",
        api_visibility="private",
    ).then(None, chatbot, None, js="(messages) => { hoidap.settled(messages); }", api_visibility="private")
    show.click(None, None, chatbot, js="() => [hoidap.messages]", api_visibility="private")
    stop.click(None, chatbot, chatbot, js="(messages) => [hoidap.stopped(messages)]", cancels=[asked])
    return {"chatbot": chatbot, "question": question, "fields": fields, "side": side}


def _chatbot(desk: Desk) -> gr.Chatbot:
    return gr.Chatbot(
        label=words()["tab_chat"],
        show_label=False,
        elem_id="hd-chat",
        height=_CHAT_HEIGHT,
        placeholder=desk.hello("vi"),
        buttons=[],
        autoscroll=False,  # the script shows an answer from its beginning
        sanitize_html=False,  # every word of a message went through escape; see qa.web.reply
        latex_delimiters=[],
        layout="bubble",
        group_consecutive_messages=False,
    )


def _translate(app: gr.Blocks, desk: Desk, parts: dict[str, Any]) -> None:
    """Fill the page when it is opened, in the language of its address."""

    def fill(request: gr.Request) -> list[Any]:
        language = request.query_params.get("lang", "vi")
        if language not in LANGUAGES:
            language = "vi"
        said = words(language)
        changed = {
            "chatbot": gr.Chatbot(placeholder=desk.hello(language)),
            "question": gr.Textbox(
                placeholder=said["placeholder"], submit_btn=said["send"], label=said["question"]
            ),
            "fields": desk.filters(language),
            "side": page.side(language) if language != "vi" else gr.skip(),
            "head": desk.heading(language),
            "chat_tab": gr.Tab(said["tab_chat"]),
            "shelf_tab": gr.Tab(said["tab_articles"]),
            "figures_tab": gr.Tab(said["tab_figures"]),
            "figures": desk.figures_tab(language) if language != "vi" else gr.skip(),
            "shelf": desk.shelf_tab(language) if language != "vi" else gr.skip(),
        }
        return [changed[name] for name in parts]

    app.load(fill, None, list(parts.values()), api_visibility="private").then(
        None, None, None, js="() => { hoidap.open(); }"
    )


def _add_endpoints(assistant: Assistant) -> None:
    """Add the named endpoints for scripts and agents."""

    def ask(question: str, history: list[str] | None = None) -> dict[str, Any]:
        """Answer a question over the articles, with the sentences it rests on, or say that they hold no answer.

        Args:
            question: in Vietnamese, with or without diacritics.
            history: the earlier questions of the conversation, oldest first.
        """
        answer: dict[str, Any] = _call(lambda: assistant.ask(question, history or []))
        return answer

    def retrieve(query: str, k: int = 5) -> list[dict[str, Any]]:
        """Return the k best passages of the articles for a query, best first.

        Args:
            query: what to look for, in Vietnamese.
            k: how many passages.
        """
        hits: list[dict[str, Any]] = _call(lambda: assistant.retrieve(query, k))
        return hits

    def figures(
        indicator: str, place: str = "", since: str = "", until: str = "", kind: str = ""
    ) -> list[dict[str, Any]]:
        """List the figures of an indicator, each with period, place, plan or actual, and its sentence.

        Args:
            indicator: what was measured, in Vietnamese: "thu ngân sách"; "" for every figure.
            place: the place it is said of; "" for any.
            since: the first year or day of its period, 2020 or 2020-12-31; "" for any.
            until: the last year or day of its period; "" for any.
            kind: "actual", "estimate" or "plan"; "" for any.
        """
        rows: list[dict[str, Any]] = _call(
            lambda: assistant.figures(
                indicator,
                place=place,
                since=parse_day(since, "since"),
                until=parse_day(until, "until", last=True),
                kind=kind,
            ).rows()
        )
        return rows

    for tool in (ask, retrieve, figures):
        gr.api(tool, api_name=tool.__name__)


def _call(work: Callable[[], object]) -> Any:  # noqa: ANN401 - JSON of whatever was asked for
    try:
        return for_clients(to_plain(work()))
    except HoidapError as error:
        raise gr.Error(str(error), print_exception=False) from error


def serve(index_dir: str | Path | None = None, chosen: Settings | None = None) -> None:
    """Serve the app until interrupted; writes its address to standard output.

    Args:
        index_dir: the index; None for the default place.
        chosen: how; None for the environment and the defaults.

    Raises:
        InputError: the port is taken or may not be used, or a setting cannot be read.
        HoidapError: the index, its model, the reader's or the reranker's cannot be opened.
    """
    how = chosen or settings()
    _check_mcp(how)
    how.credentials()  # what is wrong with them is said before the model is loaded
    launch(Assistant.open(index_dir, reader=how.reader or None, reranker=how.reranker or None), how)


def launch(assistant: Assistant, how: Settings, fetch: Fetch = fetch_page) -> None:
    """Serve an assistant until interrupted; see ``serve`` and ``build_app``."""
    app = build_app(assistant, read_only=how.read_only, uploads=how.folder(), fetch=fetch)
    try:
        _, address, _ = app.launch(
            server_name=how.host,
            server_port=how.port,
            auth=how.credentials(),
            auth_message=page.LOGIN,
            mcp_server=how.mcp,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            run_history=False,
            ssr_mode=False,
            pwa=False,
            footer_links=[],
            max_file_size="50mb",
            theme=_theme(),
            css=page.css(),
            head=page.head(),
            i18n=gr.I18n(en=page.GRADIO_WORDS),
        )
    except OSError as error:
        raise InputError(
            f"cannot serve at {how.host}:{how.port}: the port is in use or not allowed; choose another with --port"
        ) from error
    sys.stdout.write(f"Mở trang hỏi đáp tại {address} (dừng: Ctrl+C)\n")
    if how.mcp:
        sys.stdout.write(f"MCP: {address}gradio_api/mcp/\n")
    sys.stdout.flush()
    _wait(app)


def _check_mcp(how: Settings) -> None:
    """Say at once what Gradio would only log: that the library for agents is not there."""
    if how.mcp and find_spec("mcp") is None:
        raise InputError("--mcp needs the package mcp: pip install 'hoidap[mcp]'")


def _theme() -> gr.Theme:
    """Return a theme in the machine's own fonts: nothing to fetch, Vietnamese letters in all weights."""
    return gr.themes.Default(
        primary_hue="blue", font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]
    )


def _wait(app: gr.Blocks) -> None:
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        app.close(verbose=False)


def main() -> int:
    """Serve the default index; return 1 with one line on standard error when that fails."""
    try:
        serve()
    except HoidapError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
