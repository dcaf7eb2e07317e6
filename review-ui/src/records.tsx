import { Component, type VNode } from "preact";
import { Choice, EdtfField, Flag, numberOf, TextField } from "./controls";
import type { Editor } from "./editor";
import { usePage, type Page } from "./page";
import { entities, evidence, isFilled, nameOf, SLOTS, type Slot } from "./slots";
import { RECORD_KINDS, type Content, type Party, type Rec, type RecordKind } from "./types";

export interface SlotPlace {
  kind: RecordKind;
  id: string;
  name: string;
}

export interface RecordActs {
  open: (kind: RecordKind, id: string | null) => void;
  activate: (slot: SlotPlace | null) => void;
  light: (mentions: string[]) => void;
  show: (mention: string) => void;
}

export function Records(props: {
  editor: Editor;
  opened: { kind: RecordKind; id: string } | null;
  current: string | null;
  acts: RecordActs;
}): VNode {
  const page = usePage();
  const { editor, opened, acts } = props;
  return (
    <section class="records" aria-label={page.t.records}>
      {RECORD_KINDS.map((kind) => {
        const records = Object.values(editor.content[kind]);
        if (!records.length) return null;
        return (
          <details key={kind} open>
            <summary>
              {page.t[kind]} <small>{records.length}</small>
            </summary>
            <ul>
              {records.map((record) =>
                opened?.kind === kind && opened.id === record.id ? (
                  <RecordForm key={record.id} kind={kind} record={record} editor={editor} acts={acts} current={props.current} />
                ) : (
                  <Card key={record.id} kind={kind} record={record} editor={editor} acts={acts} page={page} />
                ),
              )}
            </ul>
          </details>
        );
      })}
    </section>
  );
}

interface CardProps {
  kind: RecordKind;
  record: Rec;
  editor: Editor;
  acts: RecordActs;
  page: Page;
}

/** A record to read: drawn again only when it changed. */
class Card extends Component<CardProps> {
  override shouldComponentUpdate(next: CardProps): boolean {
    return next.record !== this.props.record || next.page !== this.props.page || next.acts !== this.props.acts;
  }

  override render({ kind, record, editor, acts, page }: CardProps): VNode {
    const rows = SLOTS[kind].filter((slot) => isFilled(record[slot.name]) && record[slot.name] !== false);
    return (
      <li
        class={record.score === undefined ? "card" : "card guess"}
        data-record={record.id}
        data-evidence={record.mentions.join(" ")}
        onMouseEnter={() => acts.light(record.mentions)}
        onMouseLeave={() => acts.light([])}
      >
        <dl>
          {rows.map((slot) => (
            <div
              key={slot.name}
              data-slot={slot.name}
              onMouseEnter={() => acts.light(evidence(editor.content, record, slot))}
              onMouseLeave={() => acts.light(record.mentions)}
            >
              <dt>{page.t.slots[slot.name]}</dt>
              <dd>{said(editor.content, record[slot.name], slot, editor.language, page)}</dd>
            </div>
          ))}
        </dl>
        <button class="open" onClick={() => acts.open(kind, record.id)}>
          {page.t.edit}
        </button>
      </li>
    );
  }
}

export function said(content: Content, value: unknown, slot: Slot | undefined, language: string, page: Page): string {
  if (!isFilled(value)) return page.t.empty;
  if (slot?.type === "choice") return page.t.choices[String(value)] ?? String(value);
  if (slot?.type === "entity") return nameOf(content, String(value), language);
  if (slot?.type === "parties") {
    return (value as Party[]).map((p) => (p.implied ? `${p.name} (${page.t.implied})` : p.name)).join(" · ");
  }
  if (Array.isArray(value)) return value.map(String).join(" · ");
  if (typeof value === "number") return value.toLocaleString(page.tongue, { maximumFractionDigits: 6 });
  return value === true ? "✓" : String(value);
}

function RecordForm(props: {
  kind: RecordKind;
  record: Rec;
  editor: Editor;
  acts: RecordActs;
  current: string | null;
}): VNode {
  const { t } = usePage();
  const { kind, record, editor, acts, current } = props;
  const cited = record.mentions.map((id) => editor.content.mentions[id]).filter((m) => !!m);
  return (
    <li class="card opened" data-record={record.id} data-evidence={record.mentions.join(" ")}>
      {SLOTS[kind].map((slot) => (
        <SlotRow key={slot.name} kind={kind} record={record} slot={slot} editor={editor} acts={acts} />
      ))}
      <p class="cited">
        {t.evidence}:{" "}
        {cited.map((mention) => (
          <button key={mention.id} class={`m ${mention.label}`} onClick={() => acts.show(mention.id)}>
            {mention.text}
          </button>
        ))}
      </p>
      <p class="buttons">
        {record.score !== undefined && (
          <button class="primary" onClick={() => editor.edit((draft) => draft.acceptRecord(kind, record.id), "accept")}>
            {t.accept}
          </button>
        )}
        {current && !record.mentions.includes(current) && (
          <button onClick={() => editor.edit((draft) => draft.cite(kind, record.id, current))}>{t.citeHere}</button>
        )}
        <button onClick={() => acts.open(kind, null)}>{t.close}</button>
        <button class="danger" onClick={() => editor.edit((draft) => draft.put(kind, record.id, null))}>
          {t.remove}
        </button>
      </p>
    </li>
  );
}

function SlotRow({ kind, record, slot, editor, acts }: { kind: RecordKind; record: Rec; slot: Slot; editor: Editor; acts: RecordActs }): VNode {
  const { t } = usePage();
  const lit = evidence(editor.content, record, slot);
  return (
    <div class="slot" data-slot={slot.name} onFocusIn={() => acts.light(lit)} onMouseEnter={() => acts.light(lit)} onMouseLeave={() => acts.light([])}>
      <Control kind={kind} record={record} slot={slot} editor={editor} />
      {slot.labels.length > 0 && slot.type !== "choice" && slot.type !== "number" && slot.type !== "flag" && (
        <button
          class="pick"
          aria-label={`${t.slots[slot.name]}: ${t.slotActive}`}
          title={t.slotActive}
          onFocus={() => acts.light(lit)}
          onClick={() => acts.activate({ kind, id: record.id, name: slot.name })}
        >
          ⊕
        </button>
      )}
    </div>
  );
}

function Control({ kind, record, slot, editor }: { kind: RecordKind; record: Rec; slot: Slot; editor: Editor }): VNode {
  const { t, session } = usePage();
  const label = t.slots[slot.name]!;
  const value = record[slot.name];
  const set = (next: unknown): void => {
    editor.edit((draft) => draft.setRecord(kind, record.id, { [slot.name]: next }));
  };
  const text = value === undefined ? "" : String(value);
  switch (slot.type) {
    case "edtf":
      return <EdtfField label={label} value={text} save={(dated) => set(dated?.value)} />;
    case "choice":
      return (
        <Choice
          label={label}
          value={text}
          optional={slot.choice === "category"}
          options={session.choices[slot.choice!]!.map((one) => [one, t.choices[one] ?? one])}
          save={(chosen) => set(chosen || undefined)}
        />
      );
    case "flag":
      return <Flag label={label} value={value === true} save={set} />;
    case "number":
      return <TextField numeric label={label} value={text} save={(typed) => set(numberOf(typed) ?? undefined)} />;
    case "entity":
      return (
        <Choice
          optional
          label={label}
          value={text}
          options={entities(editor.content, slot.labels, editor.language)}
          save={(chosen) => set(chosen || undefined)}
        />
      );
    case "names":
      return (
        <TextField
          label={label}
          value={((value as string[] | undefined) ?? []).join("; ")}
          save={(typed) => set(typed.split(";").map((one) => one.trim()).filter(Boolean))}
        />
      );
    case "parties":
      return <Parties label={label} record={record} kind={kind} editor={editor} slot={slot} />;
    default:
      return <TextField label={label} value={text} save={(typed) => set(typed || undefined)} />;
  }
}

function Parties({ label, record, kind, editor, slot }: { label: string; record: Rec; kind: RecordKind; editor: Editor; slot: Slot }): VNode {
  const { t } = usePage();
  const parties = (record["parties"] as Party[] | undefined) ?? [];
  const set = (next: Party[]): void => {
    editor.edit((draft) => draft.setRecord(kind, record.id, { parties: next }));
  };
  const others = entities(editor.content, slot.labels, editor.language).filter(([id]) => !parties.some((p) => p.id === id));
  return (
    <div class="field parties">
      <span class="name">{label}</span>
      <ul>
        {parties.map((party) => (
          <li key={party.id}>
            {party.name}
            <label class="flag">
              <input
                type="checkbox"
                checked={!!party.implied}
                onChange={(event) => set(parties.map((p) => (p === party ? { ...p, implied: event.currentTarget.checked } : p)))}
              />
              {t.implied}
            </label>
            <button class="small" aria-label={`${t.remove}: ${party.name}`} onClick={() => set(parties.filter((p) => p !== party))}>
              ×
            </button>
          </li>
        ))}
        <li>
          <select
            aria-label={label}
            value=""
            onChange={(event) => {
              const id = event.currentTarget.value;
              if (id) set([...parties, { id, name: nameOf(editor.content, id, editor.language), implied: false }]);
            }}
          >
            <option value="">+</option>
            {others.map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </li>
      </ul>
    </div>
  );
}
