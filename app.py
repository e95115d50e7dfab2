"""The browser chat: layout and event wiring; what is shown is made in ``qa.web``."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read while gradio is imported

import gradio as gr

from index.errors import HoidapError, InputError
from qa import Assistant, page, web
from qa.limits import read_limits
from qa.plain import for_clients, to_plain

TITLE = "Hỏi đáp trên bài viết"
_PLACEHOLDER = "Nhập câu hỏi, có dấu hay không dấu đều được…"
_CHAT_HEIGHT = "max(300px, calc(100dvh - 17rem))"


def build_app(assistant: Assistant) -> gr.Blocks:
    """Return the chat page with its endpoints ``/ask`` and ``/retrieve``; nothing is served yet."""
    with gr.Blocks(title=TITLE, fill_width=True, analytics_enabled=False) as app:
        head = gr.HTML(elem_id="hd-head")
        sections = gr.State(())
        side = gr.HTML(web.panel(()), render=False)
        with gr.Row():
            with gr.Column(scale=3, min_width=340):
                chat = _chat(assistant, sections, side)
            with gr.Column(scale=2, min_width=340, elem_id="hd-side"):
                side.render()
        chat.chatbot.clear(lambda: ((), web.panel(())), None, [sections, side], api_visibility="private")
        _keep_placeholder(chat)
        app.load(lambda: _head(assistant), None, head, api_visibility="private")
        _add_endpoints(assistant)
    return app.queue(default_concurrency_limit=4, max_size=64)


def _head(assistant: Assistant) -> str:
    try:
        line = web.status_line(assistant.status())
    except HoidapError as error:
        line = web.problem(error)
    return f"<h1>{TITLE}</h1>{line}"


def _chat(assistant: Assistant, sections: gr.State, side: gr.HTML) -> gr.ChatInterface:
    """Return the conversation with its filters."""

    def respond(
        message: str,
        history: list[dict[str, Any]],
        shown: tuple[web.Section, ...],
        source: str | None,
        since: str | None,
        until: str | None,
    ) -> tuple[str, tuple[web.Section, ...], str]:
        earlier = _questions(history)
        turn = len(earlier) + 1
        try:
            limits = read_limits(source, since, until)
            answer = assistant.ask(
                message, earlier, source=limits.source, since=limits.since, until=limits.until
            )
            body = web.sources(answer, turn, assistant.article)
        except HoidapError as error:
            return web.problem(error), shown, web.panel(shown)
        shown = web.with_section(shown, web.Section(turn, message, body))
        return web.bubble(answer, turn, limits), shown, web.panel(shown)

    return gr.ChatInterface(
        respond,
        chatbot=_chatbot(),
        textbox=gr.Textbox(
            label="Câu hỏi",
            elem_id="hd-question",
            placeholder=_PLACEHOLDER,
            submit_btn="Gửi",
            stop_btn="Dừng",
            scale=7,
            autofocus=True,
            max_length=2000,
        ),
        additional_inputs=[sections, *_filter_fields()],
        additional_inputs_accordion=gr.Accordion(
            "Lọc theo nguồn và ngày đăng", open=False, elem_id="hd-filters", render=False
        ),
        additional_outputs=[sections, side],
        examples=[[question] for question in _examples(assistant)],
        api_visibility="private",
        show_progress="hidden",
    )


def _chatbot() -> gr.Chatbot:
    return gr.Chatbot(
        label="Hỏi đáp",
        show_label=False,
        height=_CHAT_HEIGHT,
        placeholder=page.HELLO,
        buttons=[],
        latex_delimiters=[],
        layout="bubble",
        group_consecutive_messages=False,
    )


def _keep_placeholder(chat: gr.ChatInterface) -> None:
    """Put the placeholder back after each turn: ``ChatInterface`` empties it at the first question."""
    chat.chatbot.change(
        lambda: gr.update(placeholder=_PLACEHOLDER), None, chat.textbox, queue=False, api_visibility="private"
    )


def _filter_fields() -> list[gr.Textbox]:
    return [
        gr.Textbox(label="Nguồn", placeholder="Một phần tên nguồn", render=False),
        gr.Textbox(label="Từ ngày", placeholder="30/9/2021", render=False),
        gr.Textbox(label="Đến ngày", placeholder="31/12/2021", render=False),
    ]


def _questions(history: Sequence[dict[str, Any]]) -> list[str]:
    """Return the earlier questions of a conversation, oldest first."""
    asked = (message["content"] for message in history if message["role"] == "user")
    return [
        content if isinstance(content, str) else "".join(part.get("text", "") for part in content)
        for content in asked
    ]


def _examples(assistant: Assistant) -> list[str]:
    try:
        return assistant.examples()
    except HoidapError:
        return []  # the page says what is wrong; a chat without examples still works


def _add_endpoints(assistant: Assistant) -> None:
    """Add the named endpoints for scripts and agents."""

    def ask(question: str, history: list[str] | None = None) -> dict[str, Any]:
        """Answer a question; ``history`` holds the earlier questions, oldest first."""
        answer: dict[str, Any] = _call(lambda: assistant.ask(question, history or []))
        return answer

    def retrieve(query: str, k: int = 5) -> list[dict[str, Any]]:
        """Return the ``k`` best passages for a query."""
        hits: list[dict[str, Any]] = _call(lambda: assistant.retrieve(query, k))
        return hits

    gr.api(ask, api_name="ask")
    gr.api(retrieve, api_name="retrieve")


def _call(work: Callable[[], object]) -> Any:  # noqa: ANN401 - JSON of whatever was asked for
    try:
        return for_clients(to_plain(work()))
    except HoidapError as error:
        raise gr.Error(str(error), print_exception=False) from error


def serve(
    index_dir: str | Path | None = None,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
    reader: str | Path | None = None,
) -> None:
    """Serve the chat until interrupted; writes its address to standard output.

    Args:
        index_dir: the index; None for the default place.
        host: the address to listen at.
        port: the port to listen at.
        open_browser: also show the page in the browser.
        reader: the folder or name of a question-answering model; None for the built-in reader.

    Raises:
        InputError: the port is taken or may not be used.
        HoidapError: the index, its model or the reader's cannot be opened.
    """
    app = build_app(Assistant.open(index_dir, reader=reader))
    try:
        _, address, _ = app.launch(
            server_name=host,
            server_port=port,
            inbrowser=open_browser,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            run_history=False,
            ssr_mode=False,
            pwa=False,
            footer_links=[],
            theme=_theme(),
            css=page.CSS,
            head=page.HEAD,
            i18n=gr.I18n(en=page.WORDS),
        )
    except OSError as error:
        raise InputError(
            f"cannot serve at {host}:{port}: the port is in use or not allowed; choose another with --port"
        ) from error
    sys.stdout.write(f"Mở trang hỏi đáp tại {address} (dừng: Ctrl+C)\n")
    sys.stdout.flush()
    _wait(app)


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
