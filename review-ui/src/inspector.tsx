import type { VNode } from "preact";
import type { Dated } from "./api";
import { Choice, EdtfField, Flag, numberOf, PlaceSearch, TextField } from "./controls";
import type { Editor } from "./editor";
import { KEY_OF } from "./keys";
import { usePage } from "./page";
import { entities, nameOf } from "./slots";
import type { Label, Mention } from "./types";

/** What can be done with the chosen mention, or with the selected words. */
export interface Acts {
  label: (label: Label) => void;
  accept: (id: string) => void;
  remove: (id: string) => void;
  draw: (id: string) => void;
  record: (id: string) => void;
  choose: (id: string) => void;
}

const RECORDED: Label[] = ["AGREEMENT", "COUNT", "ORGANIZATION"];

export function Inspector(props: { editor: Editor; current: string | null; selected: string | null; acts: Acts }): VNode {
  const { t } = usePage();
  const { editor, acts } = props;
  const mention = props.current ? editor.content.mentions[props.current] : undefined;
  return (
    <section class="inspector" aria-label={t.mention}>
      <div class="palette" role="group" aria-label={t.label} onMouseDown={(event) => event.preventDefault()}>
        {(Object.keys(KEY_OF) as Label[]).map((label) => (
          <button
            key={label}
            class={`m ${label}`}
            disabled={!mention && !props.selected}
            aria-pressed={!props.selected && mention?.label === label}
            title={`${label} · ${KEY_OF[label]}`}
            onClick={() => acts.label(label)}
          >
            <kbd>{KEY_OF[label]}</kbd> {t.labels[label]}
          </button>
        ))}
      </div>
      {props.selected ? (
        <p class="selected">
          {t.selection}: <q>{props.selected}</q>
        </p>
      ) : mention ? (
        <MentionForm key={mention.id} mention={mention} {...props} />
      ) : (
        <p class="hint">{t.noMention}</p>
      )}
    </section>
  );
}

function MentionForm({ editor, mention, acts }: { editor: Editor; mention: Mention; acts: Acts }): VNode {
  const { t } = usePage();
  return (
    <div class="mention" data-mention={mention.id}>
      <h2>
        <span class={`m ${mention.label}`}>{t.labels[mention.label]}</span> <q>{mention.text}</q>
        {mention.score !== undefined && (
          <small>
            {t.score} {mention.score.toFixed(2)}
            {mention.why ? ` · ${mention.why}` : ""}
          </small>
        )}
      </h2>
      <Values editor={editor} mention={mention} />
      <RelationList editor={editor} mention={mention} acts={acts} />
      <p class="buttons">
        {mention.score !== undefined && (
          <button class="primary" onClick={() => acts.accept(mention.id)}>
            {t.accept}
          </button>
        )}
        <button onClick={() => acts.draw(mention.id)}>{t.drawRelation}</button>
        {RECORDED.includes(mention.label) && <button onClick={() => acts.record(mention.id)}>{t.newRecord}</button>}
        <button class="danger" onClick={() => acts.remove(mention.id)}>
          {t.remove}
        </button>
      </p>
    </div>
  );
}

function Values({ editor, mention }: { editor: Editor; mention: Mention }): VNode | null {
  const { t, session } = usePage();
  const set = (fields: Partial<Mention>): void => {
    editor.edit((draft) => draft.setMention(mention.id, fields));
  };
  if (mention.label === "DATE") {
    const save = (dated: Dated | null): void =>
      set({ value: dated?.value, earliest: dated?.earliest ?? undefined, latest: dated?.latest ?? undefined });
    return <EdtfField label={t.value} value={String(mention.value ?? "")} save={save} />;
  }
  if (mention.label === "COUNT") {
    const number = (field: "value" | "minimum" | "maximum") => (typed: string) => set({ [field]: numberOf(typed) ?? undefined });
    return (
      <div class="fields">
        <TextField numeric label={t.value} value={String(mention.value ?? "")} save={number("value")} />
        <TextField numeric label={t.minimum} value={String(mention.minimum ?? "")} save={number("minimum")} />
        <TextField numeric label={t.maximum} value={String(mention.maximum ?? "")} save={number("maximum")} />
        <Flag label={t.approximate} value={!!mention.approximate} save={(approximate) => set({ approximate })} />
        <TextField label={t.counted} value={mention.counted ?? ""} save={(counted) => set({ counted: counted || undefined })} />
        <TextField label={t.unit} value={mention.unit ?? ""} save={(unit) => set({ unit: unit || undefined })} />
        <Choice
          optional
          label={t.category}
          value={mention.category ?? ""}
          options={session.choices["category"]!.map((one) => [one, t.choices[one] ?? one])}
          save={(category) => set({ category: category || undefined })}
        />
      </div>
    );
  }
  if (mention.label === "CITY" || mention.label === "REGION" || mention.label === "COUNTRY") {
    const shown = mention.entity ? `${nameOf(editor.content, mention.entity, editor.language)} (${mention.entity})` : "";
    return (
      <PlaceSearch
        label={t.entity}
        kind={mention.label}
        value={mention.entity ?? ""}
        shown={shown}
        save={(place) => editor.edit((draft) => draft.setMention(mention.id, { entity: place.id }, place))}
      />
    );
  }
  if (mention.label === "PERSON" || mention.label === "ORGANIZATION" || mention.label === "EVENT" || mention.label === "AGREEMENT") {
    const known = entities(editor.content, [mention.label], editor.language);
    return (
      <Choice
        optional
        label={t.entity}
        value={mention.entity ?? ""}
        options={known}
        save={(entity) => set({ entity: entity || undefined })}
      />
    );
  }
  return null;
}

function RelationList({ editor, mention, acts }: { editor: Editor; mention: Mention; acts: Acts }): VNode | null {
  const { t } = usePage();
  const { mentions, relations } = editor.content;
  const mine = Object.values(relations).filter((r) => r.head === mention.id || r.tail === mention.id);
  if (!mine.length) return null;
  return (
    <ul class="relations" aria-label={t.relations}>
      {mine.map((relation) => {
        const out = relation.head === mention.id;
        const other = mentions[out ? relation.tail : relation.head];
        return (
          <li key={relation.id} data-relation={relation.label}>
            <span>{out ? "→" : "←"} {t.relationNames[relation.label]}</span>{" "}
            <button class="link" onClick={() => other && acts.choose(other.id)}>
              {other?.text}
            </button>
            <button
              class="small"
              aria-label={`${t.remove}: ${t.relationNames[relation.label]} ${other?.text ?? ""}`}
              onClick={() => editor.edit((draft) => draft.put("relations", relation.id, null))}
            >
              ×
            </button>
          </li>
        );
      })}
    </ul>
  );
}
