"""The review as a web application: requests in, pages and JSON out; the desks decide and remember."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route

from aligntool.errors import AligntoolError
from aligntool.regrouping import Cuts
from aligntool.review import linking, queries, view
from aligntool.review.deeds import Deed
from aligntool.review.desk import Desk
from aligntool.review.room import Room
from aligntool.review.session import StaleError
from aligntool.table import Row

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

__all__ = ["application"]

_FOLDER = Path(__file__).parent / "page"
_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he khw ks lrc mzn nqo pnb ps sd syr ug ur yi".split())  # noqa: SIM905 - a list to read


def _direction(lang: str) -> str:
    primary = lang.partition("-")[0].lower()
    return "auto" if primary in {"", "und"} else ("rtl" if primary in _RIGHT_TO_LEFT else "ltr")


def application(room: Room, *, ended: Callable[[list[AligntoolError]], None] = lambda _: None) -> Starlette:
    """The application; it must stand behind a ``Guard``.

    Args:
        room: What is reviewed.
        ended: Told at the end which files could not be written.
    """
    site = _Site(room)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> "AsyncIterator[None]":
        yield
        ended(room.finish())

    routes = [
        Route("/", site.start),
        Route("/d/{number:int}", site.document),
        Route("/d/{number:int}/around", site.context),
        Route("/d/{number:int}/links", site.links),
        Route("/d/{number:int}/do", site.do, methods=["POST"]),
        Route("/d/{number:int}/draft", site.draft, methods=["POST"]),
        Route("/d/{number:int}/write", site.write, methods=["POST"]),
        Route("/page.css", site.style),
        Route("/page.js", site.script),
    ]
    handlers: Mapping[Any, Any] = {StaleError: _stale(site), AligntoolError: _trouble}
    return Starlette(routes=routes, exception_handlers=handlers, lifespan=lifespan)


def _stale(site: "_Site") -> Callable[["Request", Exception], Awaitable[Response]]:
    """What a window that saw an old version is told: the row as it is now; it keeps what was typed."""

    async def handler(request: "Request", error: Exception) -> Response:
        assert isinstance(error, StaleError)
        number = int(request.path_params["number"])
        name = str((await request.json()).get("id", ""))
        desk, _ = site.room.at(number)
        row = desk.state.row(name)
        now = {"version": desk.state.version(name), "text": row.tgt, "status": row.status} if row else None
        html = site.rows(number, [name]) if row else {}
        return JSONResponse({"message": error.message, "hint": error.hint, "now": now, "rows": html}, 409)

    return handler


async def _trouble(_: "Request", error: Exception) -> Response:
    assert isinstance(error, AligntoolError)
    return JSONResponse({"message": error.message, "hint": error.hint}, 422)


class _Site:
    """The pages and what may be asked of them."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self._pages = Environment(
            loader=FileSystemLoader(_FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._pages.globals["direction"] = _direction

    def _page(self, template: str, **values: Any) -> HTMLResponse:  # noqa: ANN401 - what templates show
        return HTMLResponse(self._pages.get_template(template).render(**values))

    async def start(self, request: "Request") -> Response:
        """A list of the tables with how far each has come; with one table alone, that."""
        root = request.scope["root_path"]
        if len(self.room.paths) == 1:
            return RedirectResponse(f"{root}/d/0", 303)
        return self._page(
            "start.html", root=root, tables=[self._listed(n) for n in range(len(self.room.paths))]
        )

    def _listed(self, number: int) -> dict[str, Any]:
        path = self.room.paths[number]
        try:
            desk, memo = self.room.at(number)
        except AligntoolError as error:
            return {"number": number, "name": path.name, "error": error.message}
        come = queries.progress(desk.state.rows, memo)
        return {"number": number, "name": path.name, "error": "", "come": come, "waiting": desk.waiting()}

    def _at(self, request: "Request") -> tuple[Desk, queries.Memo]:
        number = int(request.path_params["number"])
        if number >= len(self.room.paths):
            raise HTTPException(404, "there is no such table")
        return self.room.at(number)

    async def document(self, request: "Request") -> Response:
        """A page of rows."""
        number, query = int(request.path_params["number"]), queries.parse(request.query_params)
        desk, memo = self._at(request)
        root, rows = request.scope["root_path"], desk.state.rows
        wanted = queries.select(rows, memo, query)
        query, focus = queries.placed(query, request.query_params.get("row", ""), wanted, rows)
        begin = (query.page - 1) * queries.SIZE
        drafts = desk.drafts()
        shown = [self._shown(desk, rows[at], drafts) for at in wanted[begin : begin + queries.SIZE]]
        values = {
            "root": root,
            "number": number,
            "name": desk.path.name,
            "several": len(self.room.paths) > 1,
            "shown": shown,
            "machine": any(one.row.mt for one in shown),
            "alone": all(one.row.src_lang == one.row.tgt_lang for one in shown),
            "query": query,
            "filters": queries.FILTERS,
            "come": queries.progress(rows, memo),
            "found": len(wanted),
            "undecided": sum(memo(rows)[at].todo for at in wanted),
            "pages": max(1, -(-len(wanted) // queries.SIZE)),
            "link": lambda **change: root + queries.link(number, query, **change),
            "waiting": desk.waiting(),
            "elsewhere": desk.changed_elsewhere(),
            "read_only": desk.read_only,
            "focus": focus,
            "langs": sorted({(row.src_lang, row.tgt_lang) for row in rows[:1]}),
        }
        return self._page("rows.html" if "partial" in request.query_params else "document.html", **values)

    def _shown(self, desk: Desk, row: Row, drafts: Mapping[str, Any]) -> view.Shown:
        draft = drafts.get(row.id)
        return view.show(row, desk.state.version(row.id), draft.text if draft else None)

    def rows(self, number: int, names: Sequence[str]) -> dict[str, str]:
        """Rows as HTML, by name."""
        desk, _ = self.room.at(number)
        template, drafts = self._pages.get_template("row.html"), desk.drafts()
        found = [row for name in names if (row := desk.state.row(name))]
        return {
            row.id: template.render(one=self._shown(desk, row, drafts), read_only=desk.read_only)
            for row in found
        }

    async def context(self, request: "Request") -> Response:
        """What stands before and after a row, on both sides; or its texts to the character."""
        desk, at = self._place(request)
        if "texts" in request.query_params:
            row = desk.state.rows[at]
            return JSONResponse({"src": row.src, "mt": row.mt, "tgt": row.tgt})
        before, after = view.around(desk.state.rows, at)
        rows = [(desk.state.rows[i], i == at) for i in (*before, at, *after)]
        return self._page("around.html", rows=rows)

    def _place(self, request: "Request") -> tuple[Desk, int]:
        """Where the row stands that is asked for."""
        desk, _ = self._at(request)
        at = desk.state.places.get(request.query_params.get("id", ""))
        if at is None:
            raise HTTPException(404, "there is no such row")
        return desk, at

    async def links(self, request: "Request") -> Response:
        """Which words of a row belong together."""
        desk, at = self._place(request)
        return JSONResponse(linking.linked(desk.state.rows[at]))

    async def do(self, request: "Request") -> Response:
        """Do something to a row, or to all that a query selects."""
        number, wanted = int(request.path_params["number"]), await _json(request)
        desk, memo = self._at(request)
        kind = str(wanted.get("kind", ""))
        if kind in {"undo", "redo"}:
            change = desk.undo() if kind == "undo" else desk.redo()
        elif kind == "all":
            query = queries.parse({str(k): str(v) for k, v in dict(wanted.get("query") or {}).items()})
            chosen = [desk.state.rows[at] for at in queries.select(desk.state.rows, memo, query)]
            typing = desk.drafts()
            waiting = (row for row in chosen if row.status == "todo" and row.id not in typing)
            change = desk.act([(Deed("accept", row.id), None) for row in waiting])
        else:
            change = desk.act([(_deed(kind, wanted), _number(wanted.get("version")))])
        before = [row.id for splice in change.splices for row in splice.old]
        after = [row.id for splice in change.splices for row in splice.new]
        moved = before != after or len(after) > queries.SIZE
        return JSONResponse(
            {
                "rows": {} if moved else self.rows(number, after),
                "reload": moved,
                "focus": (after or before or [""])[0],
                **self._standing(desk, memo),
            }
        )

    def _standing(self, desk: Desk, memo: queries.Memo) -> dict[str, Any]:
        come = queries.progress(desk.state.rows, memo)
        return {"done": come.done, "total": come.rows, "flags": come.flags, "waiting": desk.waiting()}

    async def draft(self, request: "Request") -> Response:
        """Keep what is being typed."""
        desk, _ = self._at(request)
        wanted = await _json(request)
        text = wanted.get("text")
        desk.draft(str(wanted.get("id", "")), None if text is None else str(text))
        return JSONResponse({})

    async def write(self, request: "Request") -> Response:
        """Bring the file up to date."""
        desk, memo = self._at(request)
        before = desk.state.number
        conflicts = desk.write()
        return JSONResponse(
            {
                "conflicts": conflicts,
                "reload": desk.state.number != before,
                "file": str(desk.path),
                **self._standing(desk, memo),
            }
        )

    async def style(self, _: "Request") -> Response:
        """The style sheet."""
        return FileResponse(_FOLDER / "page.css")

    async def script(self, _: "Request") -> Response:
        """What the page does."""
        return FileResponse(_FOLDER / "page.js")


async def _json(request: "Request") -> dict[str, Any]:
    try:
        found = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "that is no JSON") from error
    if not isinstance(found, dict):
        raise HTTPException(400, "that is no JSON object")
    return found


def _deed(kind: str, wanted: Mapping[str, Any]) -> Deed:
    text, cuts = wanted.get("text"), wanted.get("cuts")
    places = [_number(at) or 0 for at in cuts[:3]] if isinstance(cuts, list) else []
    return Deed(
        kind=kind,
        id=str(wanted.get("id", "")),
        text=None if text is None else str(text),
        flag=str(wanted.get("flag", "")),
        cuts=Cuts(*places, *[0] * (3 - len(places))),
    )


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
