import { render, type VNode } from "preact";
import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import { Agreement } from "./agreement";
import * as api from "./api";
import { Compare } from "./compare";
import { Dialog, Help } from "./dialogs";
import { actionOf } from "./keys";
import { MESSAGES, type Tongue } from "./messages";
import { PageContext, where } from "./page";
import { Queue } from "./queue";
import "./style.css";
import type { SessionInfo } from "./types";
import { Workbench } from "./workbench";

const TONGUE = "pobratim-language";

function firstTongue(): Tongue {
  const kept = localStorage.getItem(TONGUE);
  if (kept === "ru" || kept === "en") return kept;
  return navigator.language.toLowerCase().startsWith("ru") ? "ru" : "en";
}

function App(): VNode {
  const [session, setSession] = useState<SessionInfo | null>(null);
  const [tongue, setTongue] = useState<Tongue>(firstTongue);
  const [path, setPath] = useState(where());
  const [help, setHelp] = useState(false);
  const [error, setError] = useState("");
  const t = MESSAGES[tongue];
  useEffect(() => {
    api.session().then(setSession, (problem: Error) => setError(problem.message));
    const moved = (): void => setPath(where());
    const keyed = (event: KeyboardEvent): void => {
      if (actionOf(event) === "sheet" && !(event.target as HTMLElement).closest("input, select")) {
        event.preventDefault();
        setHelp(true);
      }
    };
    addEventListener("hashchange", moved);
    addEventListener("keydown", keyed);
    return () => {
      removeEventListener("hashchange", moved);
      removeEventListener("keydown", keyed);
    };
  }, []);
  useLayoutEffect(() => {
    document.documentElement.lang = tongue;
    localStorage.setItem(TONGUE, tongue);
  }, [tongue]);
  const page = useMemo(() => ({ t, tongue, session: session! }), [t, session]);
  if (error) return <main><p role="alert">{error}</p></main>;
  if (!session) return <main aria-busy="true" />;
  return (
    <PageContext.Provider value={page}>
      <a class="skip" href="#text" onClick={(event) => {
        event.preventDefault();
        document.getElementById("text")?.focus();
      }}>{t.skip}</a>
      <header>
        <a class="home" href="#/">Pobratim</a>
        <nav aria-label="Pobratim">
          <a href="#/" aria-current={!path.length ? "page" : undefined}>{t.queue}</a>
          <a href="#/agreement" aria-current={path[0] === "agreement" ? "page" : undefined}>{t.agreement}</a>
        </nav>
        <span class="who">{session.annotator}</span>
        <button onClick={() => setHelp(true)}>{t.help} <kbd>?</kbd></button>
        <button lang={tongue === "ru" ? "en" : "ru"} onClick={() => setTongue(tongue === "ru" ? "en" : "ru")}>{t.language}</button>
      </header>
      {session.annotator ? <View path={path} /> : <Introduction done={setSession} />}
      {help && <Help close={() => setHelp(false)} />}
    </PageContext.Provider>
  );
}

function View({ path }: { path: string[] }): VNode {
  const [name, document, first, second] = path;
  if (name === "document" && document && first) return <Workbench key={path.join("/")} document={document} version={first} />;
  if (name === "compare" && document && first && second) return <Compare key={path.join("/")} document={document} names={[first, second]} />;
  return name === "agreement" ? <Agreement /> : <Queue />;
}

function Introduction({ done }: { done: (session: SessionInfo) => void }): VNode {
  const t = MESSAGES[document.documentElement.lang === "ru" ? "ru" : "en"];
  const [name, setName] = useState("");
  const [error, setError] = useState("");
  return (
    <Dialog title={t.who} must close={() => undefined}>
      <form onSubmit={(event) => {
        event.preventDefault();
        api.session(name).then(done, (problem: Error) => setError(problem.message));
      }}>
        <p>{t.whoHint}</p>
        <p><input aria-label={t.who} autofocus value={name} maxLength={40} onInput={(e) => setName(e.currentTarget.value)} /> <button class="primary">{t.begin}</button></p>
        <p role="alert">{error}</p>
      </form>
    </Dialog>
  );
}

render(<App />, document.getElementById("app")!);
