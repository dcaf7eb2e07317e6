import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { SHEET } from "./keys";
import { usePage } from "./page";

export function Dialog(props: { title: string; close: () => void; children: ComponentChildren; must?: boolean }): VNode {
  const { t } = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={props.title}
      onCancel={(event) => {
        event.preventDefault();
        if (!props.must) props.close();
      }}
    >
      <h2 tabIndex={-1} autofocus={!props.must}>{props.title}</h2>
      {props.children}
      {!props.must && (
        <p class="buttons">
          <button onClick={props.close}>{t.close}</button>
        </p>
      )}
    </dialog>
  );
}

/** What the page can do, and the key for each thing. */
export function Help({ close }: { close: () => void }): VNode {
  const { t } = usePage();
  return (
    <Dialog title={`${t.help} · ${t.keys}`} close={close}>
      <div class="help">
        {t.guide.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <dl class="sheet">
          {SHEET.map(([keys, name]) => (
            <div key={name}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{t.sheet[name]}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Dialog>
  );
}
