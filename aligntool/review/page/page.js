// The review page: keys, saving row by row, drafts. The server decides; nothing here is trusted by it.
"use strict";
(() => {
  const body = document.body;
  const base = body.dataset.base;
  const readOnly = "readOnly" in body.dataset;
  const rows = document.getElementById("rows");
  const byId = (id) => document.getElementById(id);
  // What can be done: its standard key, and what it is called.
  const DEEDS = {
    next: ["j", "next row"],
    previous: ["k", "previous row"],
    nextFlag: ["n", "next row with an open flag"],
    previousFlag: ["p", "previous row with an open flag"],
    accept: ["a", "accept the row, go on"],
    reject: ["x", "reject the row, go on"],
    edit: ["e", "edit the English"],
    dismiss: ["d", "dismiss the first flag, go on when it was the last"],
    merge: ["m", "merge with the next row"],
    split: ["s", "split the row"],
    up: ["[", "move the English up"],
    down: ["]", "move the English down"],
    reopen: ["o", "open the row again"],
    undo: ["u", "undo"],
    redo: ["r", "do again what was undone"],
    note: ["c", "write a note"],
    find: ["/", "find text"],
    go: ["g", "go to a row by its number"],
    context: ["v", "show the paragraph around the row"],
    help: ["?", "this list"],
  };
  const footer = document.querySelector("footer");
  let current = null;
  let queue = Promise.resolve();

  // Keys live in a cookie: the port, and with it every other store of the browser, is new each time.
  const settings = () => {
    const found = document.cookie.split("; ").find((part) => part.startsWith("aligntool-keys="));
    try {
      return found ? JSON.parse(decodeURIComponent(found.slice(found.indexOf("=") + 1))) : {};
    } catch {
      return {};
    }
  };
  const keys = {};
  let lettersOn = true;
  const readKeys = () => {
    const own = settings();
    lettersOn = own.off !== true;
    for (const [name, [standard]] of Object.entries(DEEDS)) {
      keys[name] = typeof own[name] === "string" ? own[name] : standard;
    }
  };
  const keepKeys = () => {
    const own = Object.fromEntries(Object.entries(keys).filter(([name, key]) => key !== DEEDS[name][0]));
    if (!lettersOn) own.off = true;
    document.cookie =
      "aligntool-keys=" + encodeURIComponent(JSON.stringify(own)) + "; Max-Age=31536000; Path=/; SameSite=Strict";
  };

  const say = (text, bad = false) => {
    byId("said").textContent = text;
    byId("said").classList.toggle("bad", bad);
  };
  // What went wrong, in words: a server that is gone is only "Failed to fetch" to a browser.
  const trouble = (found) => say([found.message, found.hint].filter(Boolean).join("; "), true);
  const why = (error) => (error instanceof TypeError ? "aligntool does not answer; is it still running?" : error.message);
  const number = (row) => row.querySelector("th").firstChild.textContent.trim();
  const all = () => [...rows.querySelectorAll("tr")];
  const box = (row) => row.querySelector("textarea");
  const typed = (row) => box(row).value !== box(row).defaultValue;
  // A draft from the server counts as typed although the box began with it.
  const dirty = (row) => typed(row) || row.querySelector(".drafted") !== null;

  const post = async (path, payload) => {
    const answer = await fetch(base + path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Aligntool": "1" },
      body: JSON.stringify(payload),
    });
    const text = await answer.text();
    let found = {};
    try {
      found = JSON.parse(text);
    } catch {
      found = { message: text.trim() };
    }
    return { status: answer.status, ...found };
  };

  const stand = (found) => {
    if (found.total === undefined) return;
    byId("done").textContent = found.done;
    byId("open").textContent = found.flags;
    byId("progress").value = found.done;
    byId("waiting").textContent = found.waiting ? found.waiting + " changes not in the file yet" : "";
  };

  // What every row has alike is not sent fifty times.
  const hint = (where) => {
    for (const row of where.querySelectorAll("tr[data-id]")) {
      const [text, note] = [box(row), row.querySelector(".note")];
      text.dir = "auto";
      text.setAttribute("aria-label", "English of row " + number(row));
      note.placeholder = "note";
      note.setAttribute("aria-label", "Note on row " + number(row));
      for (const button of row.querySelectorAll(".flags li:not([data-flag^=conflict]) button")) {
        const item = button.closest("li");
        const what = item.querySelector(button.dataset.do === "fix" ? "ins" : "b")?.textContent ?? "it out";
        button.setAttribute("aria-label", button.textContent + " " + what);
      }
    }
  };
  const element = (html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html.trim(); // the server escapes, and the policy lets no script in it run
    hint(holder.content);
    return holder.content.firstElementChild;
  };
  const find = (id) => all().find((row) => row.dataset.id === id);

  // A long text comes in part; all of it once somebody wants to edit it.
  const unlock = (row) => {
    row.querySelector(".part")?.remove();
    box(row).readOnly = readOnly;
  };
  const whole = async (row) => {
    const answer = await fetch(base + "/around?id=" + encodeURIComponent(row.dataset.id) + "&texts=1");
    if (!answer.ok) return say(await answer.text());
    box(row).defaultValue = (await answer.json()).tgt;
    unlock(row);
    box(row).focus();
  };

  const replace = (id, html) => {
    const old = find(id);
    if (!old) return;
    const fresh = element(html);
    const active = old.contains(document.activeElement) ? document.activeElement : null;
    const busy = active && active.tagName === "TEXTAREA";
    // What was typed and not sent stays in the box, whatever else became of the row.
    const { value: text, selectionStart: caret } = box(old);
    if (typed(old) && old.dataset.sent !== text) {
      unlock(fresh);
      box(fresh).value = text;
    }
    old.replaceWith(fresh);
    if (current === old) {
      current = fresh;
      mark(fresh);
      if (busy) {
        box(fresh).focus();
        const end = box(fresh).value.length;
        box(fresh).setSelectionRange(...(caret === text.length ? [end, end] : [caret, caret]));
      }
      else if (active || document.activeElement === body) {
        fresh.tabIndex = -1;
        fresh.focus({ preventScroll: true });
      }
    }
  };

  const reload = async (focus) => {
    const address = new URL(location.href);
    address.searchParams.set("partial", "1");
    const answer = await fetch(address);
    if (!answer.ok) return say(await answer.text());
    rows.innerHTML = await answer.text();
    hint(rows);
    current = null;
    const row = (focus && find(focus)) || all()[0];
    if (row) choose(row);
  };

  // One after the other: each names the version that the one before left behind.
  const send = (row, kind, more = {}) => {
    const id = row ? row.dataset.id : "";
    const work = queue.then(async () => {
      const here = row && find(id);
      if (row && !here) return null;
      const version = here ? Number(here.dataset.version ?? 0) : null;
      const found = await post("/do", { kind, id, version, ...more });
      stand(found);
      if (found.status === 409 && found.now) return clash(find(id), found, kind, more);
      if (found.status !== 200) return trouble(found);
      if (found.reload) await reload(found.focus);
      else {
        for (const [name, html] of Object.entries(found.rows)) replace(name, html);
        if (kind === "undo" || kind === "redo") choose(find(found.focus) || current);
      }
      say(kind + (id ? ": row " + (find(id) ? number(find(id)) : "") : "") + (found.reload ? ", rows changed" : ""));
      return found;
    });
    queue = work.catch((error) => say("Not saved: " + why(error) + " What you typed is still here.", true));
    return queue;
  };

  // Somebody changed the row meanwhile: both texts stand, a person chooses.
  const clash = (row, found, kind, more) => {
    row.dataset.version = found.now.version;
    row.querySelector(".clash")?.remove();
    const note = document.createElement("p");
    note.className = "clash";
    note.lang = "en";
    note.setAttribute("role", "alert");
    note.append(found.message + ". It says now (" + found.now.status + "): ");
    const quote = document.createElement("q");
    quote.textContent = found.now.text;
    note.append(quote, " ");
    const button = (label, act) => {
      const made = document.createElement("button");
      made.textContent = label;
      made.addEventListener("click", act);
      note.append(made, " ");
    };
    button("Keep mine", () => send(row, kind, more));
    button("Take theirs", () => {
      const fresh = found.rows[row.dataset.id];
      post("/draft", { id: row.dataset.id, text: null });
      row.dataset.sent = box(row).value;
      replace(row.dataset.id, fresh);
    });
    row.querySelector(".final").append(note);
    say(found.message + "; what you typed is kept", true);
  };

  const mark = (row) => {
    for (const other of rows.querySelectorAll("tr[aria-current]")) {
      if (other !== row) other.removeAttribute("aria-current");
    }
    row.setAttribute("aria-current", "true");
    clearTimeout(mark.timer);
    mark.timer = setTimeout(() => {
      // A server that is gone is told of when something is saved.
      Promise.all([around(row), link(row)]).catch(() => null);
    }, 120);
  };
  const choose = (row, focus = true) => {
    if (!row) return;
    current = row;
    mark(row);
    if (focus) {
      document.documentElement.style.scrollPaddingBottom = footer.offsetHeight + 8 + "px";
      row.tabIndex = -1;
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
    }
  };

  const around = async (row) => {
    if (!byId("context").open || !row.isConnected) return;
    const answer = await fetch(base + "/around?id=" + encodeURIComponent(row.dataset.id));
    if (answer.ok) {
      byId("around").innerHTML = await answer.text();
      byId("around").querySelector(".here")?.scrollIntoView({ block: "nearest" });
    }
  };

  // Words that belong together light up; the pair under the pointer or the caret stands out. The server says
  // which: places in the texts as they are shown, of the machine's English without what was put in.
  let pairs = [];
  const link = async (row) => {
    pairs = [];
    light("linked", []);
    light("counterpart", []);
    if (!CSS.highlights || !row.isConnected) return;
    const answer = await fetch(base + "/links?id=" + encodeURIComponent(row.dataset.id));
    if (!answer.ok || row !== current) return;
    const found = await answer.json();
    const [source, machine] = [row.querySelector(".src"), row.querySelector(".mt")];
    const both = (quads, skip) =>
      quads.map(([a, b, c, d]) => ({ at: skip === "INS" ? null : [c, d], ranges: [stretch(source, "", a, b), stretch(machine, skip, c, d)].filter(Boolean) }));
    pairs = [...both(found.mt, "INS"), ...both(found.tgt, "DEL")].filter((pair) => pair.ranges.length);
    light("linked", pairs);
    follow();
  };
  const light = (name, chosen) => CSS.highlights?.set(name, new Highlight(...chosen.flatMap((pair) => pair.ranges)));
  // A stretch of a cell's text, not counting what stands in elements of one kind.
  const stretch = (cell, skip, from, to) => {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const range = new Range();
    let at = 0;
    let begun = false;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (skip && node.parentElement.closest(skip)) continue;
      if (!begun && from < at + node.length) {
        range.setStart(node, from - at);
        begun = true;
      }
      if (begun && to <= at + node.length) {
        range.setEnd(node, to - at);
        return range;
      }
      at += node.length;
    }
    return null;
  };
  addEventListener("pointermove", (event) => {
    const cell = event.target.closest?.(".src, .mt");
    if (!pairs.length || (cell && !current?.contains(cell))) return;
    const under = cell && document.caretPositionFromPoint?.(event.clientX, event.clientY);
    const chosen = under ? pairs.filter((pair) => pair.ranges.some((range) => range.isPointInRange(under.offsetNode, under.offset))) : [];
    light("counterpart", chosen);
  });
  // The word of the original for the word at the caret, while the box is as the server knows it.
  const follow = () => {
    const area = document.activeElement;
    if (area?.tagName !== "TEXTAREA" || !current?.contains(area)) return;
    const here = typed(current) ? -1 : area.selectionStart;
    light("counterpart", pairs.filter((pair) => pair.at && pair.at[0] <= here && here <= pair.at[1]));
  };
  document.addEventListener("selectionchange", follow);

  const step = (by, wanted = () => true) => {
    const list = all();
    let at = list.indexOf(current) + by;
    while (list[at] && !wanted(list[at])) at += by;
    if (list[at]) return choose(list[at]);
    const way = document.querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]");
    // What is decided leaves these lists: the next page is then what comes up here.
    const shrinking = /[?&](show=(open|flagged|conflict)|check=.)/.test(location.search);
    if (shrinking && by > 0) return queue.then(() => location.reload());
    if (way) return queue.then(() => location.assign(way.href));
    say(by > 0 ? "That was the last row." : "That is the first row.");
  };
  const open = (row) => row.querySelector(".flags li") !== null;

  const textOf = (row) => (dirty(row) && !box(row).readOnly ? { text: box(row).value } : {});
  const unsaved = (row) => {
    if (dirty(row)) say("Save what you typed first (Ctrl+Enter), or discard it.");
    return dirty(row);
  };
  const regroup = (kind) => unsaved(current) || send(current, kind);
  const decide = (kind) => {
    const row = current;
    row.dataset.sent = box(row).value;
    send(row, kind, textOf(row));
    step(1);
  };
  const settle = (item, kind) => {
    const row = item.closest("tr");
    if (kind === "fix" && unsaved(row)) return;
    send(row, kind, { flag: item.dataset.flag });
    if (kind === "dismiss" && row.querySelectorAll(".flags li").length === 1) step(1);
  };

  const cutter = (row) => {
    const cells = { src: row.querySelector(".src").textContent, mt: "", tgt: box(row).value };
    if (unsaved(row)) return;
    fetch(base + "/around?id=" + encodeURIComponent(row.dataset.id) + "&texts=1")
      .then((answer) => answer.json())
      .then((texts) => {
        Object.assign(cells, texts);
        const caret = box(row).readOnly ? 0 : box(row).selectionStart;
        for (const name of ["src", "mt", "tgt"]) {
          const area = byId("cut-" + name);
          area.parentElement.hidden = !cells[name];
          const at = name === "tgt" && caret > 0 && caret < cells.tgt.length ? caret : seam(cells[name]);
          area.value = cells[name].slice(0, at) + (cells[name] ? "\n" : "") + cells[name].slice(at);
        }
        const dialog = byId("cutter");
        dialog.returnValue = "";
        dialog.onclose = () => {
          if (dialog.returnValue !== "split") return choose(row);
          const cuts = ["src", "mt", "tgt"].map((name) => {
            const text = byId("cut-" + name).value;
            const at = text.indexOf("\n");
            const same = text.slice(0, at) + text.slice(at + 1) === cells[name];
            return cells[name] === "" ? 0 : at < 0 || !same ? -1 : [...text.slice(0, at)].length;
          });
          if (cuts.includes(-1)) return say("Not split: the words were changed, or a line break is missing.");
          send(row, "split", { cuts });
        };
        dialog.showModal();
      });
  };
  // The end of the sentence nearest to the middle; else the blank nearest to it.
  const seam = (text) => {
    const middle = text.length / 2;
    const near = (pattern) =>
      [...text.matchAll(pattern)].map((m) => m.index + m[0].length).sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
    return near(/[.!?…]["”’»)]*\s+(?=\S)/gu) ?? near(/\s+/gu) ?? Math.round(middle);
  };

  const TO_DO = {
    next: () => step(1),
    previous: () => step(-1),
    nextFlag: () => step(1, open),
    previousFlag: () => step(-1, open),
    accept: () => decide("accept"),
    reject: () => decide("reject"),
    edit: () => (current.querySelector("[data-do=whole]") ? whole(current) : box(current).focus()),
    dismiss: () => {
      const item = current.querySelector(".flags li");
      if (item) settle(item, "dismiss");
    },
    merge: () => regroup("merge"),
    split: () => cutter(current),
    up: () => regroup("up"),
    down: () => regroup("down"),
    reopen: () => send(current, "reopen"),
    undo: () => send(null, "undo"),
    redo: () => send(null, "redo"),
    note: () => current.querySelector(".note").focus(),
    find: () => byId("find").focus(),
    go: () => byId("go").focus(),
    context: () => {
      byId("context").open = !byId("context").open;
      around(current);
    },
    help: () => byId("help").showModal(),
    write: () => write(),
  };
  const ALWAYS = new Set(["find", "go", "help", "undo", "redo", "write"]);
  const CHANGING = new Set(["accept", "reject", "dismiss", "merge", "split", "up", "down", "reopen", "undo", "redo", "write"]);
  const run = (name) => {
    if (readOnly && CHANGING.has(name)) return say("Only reading.");
    if (current || ALWAYS.has(name)) TO_DO[name]();
  };

  const write = () => {
    keepDrafts();
    queue = queue.then(async () => {
      const found = await post("/write", {});
      if (found.status !== 200) return trouble(found);
      stand(found);
      if (found.reload) await reload(current && current.dataset.id);
      const rest = found.conflicts ? found.conflicts + " rows hold two decisions: see the filter “conflicts”" : "";
      say(["Saved to " + found.file, rest].filter(Boolean).join(". "));
    }).catch((error) => say("Not written: " + why(error), true));
  };

  // Drafts: what is typed is on disk half a second later, and offered again after a crash.
  const waiting = new Map();
  const keepDrafts = () => {
    for (const [row, timer] of waiting) {
      clearTimeout(timer);
      waiting.delete(row);
      if (row.isConnected) {
        fetch(base + "/draft", {
          method: "POST",
          keepalive: true,
          headers: { "Content-Type": "application/json", "X-Aligntool": "1" },
          body: JSON.stringify({ id: row.dataset.id, text: dirty(row) ? box(row).value : null }),
        }).catch(() => say("Not saved, not even as a draft: is aligntool still running? What you typed is still here.", true));
      }
    }
  };
  rows.addEventListener("input", (event) => {
    if (event.target.tagName !== "TEXTAREA") return;
    const row = event.target.closest("tr");
    clearTimeout(waiting.get(row));
    waiting.set(row, setTimeout(keepDrafts, 400));
  });
  addEventListener("pagehide", keepDrafts);
  addEventListener("beforeunload", (event) => {
    keepDrafts();
    if (document.activeElement?.tagName === "TEXTAREA" && current && typed(current)) event.preventDefault();
  });

  rows.addEventListener("change", (event) => {
    if (event.target.className === "note") send(event.target.closest("tr"), "note", { text: event.target.value });
  });
  rows.addEventListener("focusin", (event) => {
    const row = event.target.closest("tr");
    if (row !== current) choose(row, false);
  });
  rows.addEventListener("click", (event) => {
    const row = event.target.closest("tr");
    const deed = event.target.closest("button")?.dataset.do;
    if (!deed) return row && event.target.closest("textarea, input") === null && choose(row);
    current = row;
    const item = event.target.closest("li");
    if (item) return settle(item, deed);
    if (deed === "recall") {
      box(row).value = row.querySelector(".like").textContent;
      box(row).dispatchEvent(new Event("input", { bubbles: true }));
      return box(row).focus();
    }
    if (deed === "whole") return whole(row);
    if (deed === "fresh") return send(row, "fresh", { text: "" });
    if (deed === "stale") return send(row, "fresh");
    if (deed === "discard") {
      post("/draft", { id: row.dataset.id, text: null }).then(() => reload(row.dataset.id));
    }
  });
  document.querySelector(".tools").addEventListener("click", (event) => {
    const deed = event.target.closest("button")?.dataset.do;
    if (deed) run(deed);
  });
  byId("all")?.addEventListener("click", (event) => {
    const query = JSON.parse(event.target.dataset.query);
    if (confirm("Accept all " + body.dataset.undecided + " undecided rows of this list? It can be undone at once.")) {
      send(null, "all", { query }).then(() => reload());
    }
  });
  for (const chosen of document.querySelectorAll("header select")) {
    chosen.addEventListener("change", () => chosen.form.requestSubmit());
  }

  addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey) return;
    const where = event.target;
    const inside = /^(INPUT|TEXTAREA|SELECT)$/.test(where.tagName);
    if (event.ctrlKey || event.metaKey) {
      if (event.key === "s") {
        event.preventDefault();
        run("write");
      } else if (event.key === "Enter" && inside && rows.contains(where)) {
        event.preventDefault();
        const row = where.closest("tr");
        current = row;
        row.dataset.sent = box(row).value;
        // A box that may not be written to holds a part: what it shows must not take the place of the whole.
        send(row, "edit", box(row).readOnly ? {} : { text: box(row).value });
        step(1);
      }
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && inside) return rows.contains(where) ? choose(where.closest("tr")) : current ? choose(current) : where.blur();
    if (inside) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (where.closest("header, dialog")) return;
      event.preventDefault();
      return step(event.key === "ArrowDown" ? 1 : -1);
    }
    if (!lettersOn) return;
    if (/^[1-9]$/.test(event.key) && current && !readOnly) {
      const fixes = [...current.querySelectorAll(".flags button[data-do=fix]")];
      const chosen = fixes[Number(event.key) - 1];
      if (chosen) settle(chosen.closest("li"), "fix");
      return;
    }
    const name = Object.keys(keys).find((one) => keys[one] === event.key);
    if (!name) return;
    event.preventDefault();
    run(name);
  });

  const list = () => {
    byId("letters").checked = lettersOn;
    byId("keys").replaceChildren(
      ...Object.entries(DEEDS).map(([name, [, said]]) => {
        const row = document.createElement("tr");
        const head = document.createElement("th");
        head.scope = "row";
        head.textContent = said;
        const cell = document.createElement("td");
        const input = document.createElement("input");
        input.size = 2;
        input.value = keys[name];
        input.setAttribute("aria-label", "Key for: " + said);
        input.addEventListener("focus", () => input.select());
        input.addEventListener("input", () => {
          const key = [...input.value].at(-1) || "";
          if (!key || Object.entries(keys).some(([other, used]) => other !== name && used === key) || /[1-9]/.test(key)) {
            input.value = keys[name];
            return;
          }
          input.value = keys[name] = key;
          keepKeys();
        });
        cell.append(input);
        row.append(head, cell);
        return row;
      }),
    );
  };
  byId("letters").addEventListener("change", (event) => {
    lettersOn = event.target.checked;
    keepKeys();
  });
  byId("context").addEventListener("toggle", () => current && around(current));

  hint(rows);
  readKeys();
  list();
  choose(find(body.dataset.focus) || all()[0], !location.search.includes("q="));
})();
