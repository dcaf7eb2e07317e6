import type { VNode } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import * as api from "./api";
import type { Dated } from "./api";
import { usePage } from "./page";
import type { Place } from "./types";

const PAUSE = 120;

/** A date that is checked as it is typed; `save` gets it with its first and last day. */
export function EdtfField(props: {
  label: string;
  value: string;
  save: (dated: Dated | null) => void;
  autofocus?: boolean;
}): VNode {
  const { t } = usePage();
  const [typed, setTyped] = useState(props.value);
  const [dated, setDated] = useState<Dated | null>(null);
  const id = useId();
  useEffect(() => setTyped(props.value), [props.value]);
  useEffect(() => {
    if (!typed) return setDated(null);
    let late = false;
    const timer = setTimeout(() => {
      void api.edtf(typed).then((found) => !late && setDated(found), () => undefined);
    }, PAUSE);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [typed]);
  const finish = async (): Promise<void> => {
    if (typed === props.value) return;
    if (!typed) return props.save(null);
    const found = await api.edtf(typed).catch(() => null);
    setDated(found);
    if (found && !found.fault) props.save(found);
  };
  const current = dated?.value === typed ? dated : null;
  const day = (value: string | null | undefined): string => value ?? t.openEnd;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        class="edtf"
        value={typed}
        spellcheck={false}
        autocomplete="off"
        aria-invalid={!!current?.fault}
        aria-describedby={`${id}-means`}
        onInput={(event) => setTyped(event.currentTarget.value.trim())}
        onBlur={() => void finish()}
        onKeyDown={(event) => event.key === "Enter" && void finish()}
      />
      <output id={`${id}-means`} class={current?.fault ? "fault" : "means"} for={id}>
        {current?.fault
          ? `${t.fault}: ${t.edtfHint || current.fault}`
          : current && typed
            ? `${t.means} ${current.earliest === current.latest ? day(current.earliest) : `${day(current.earliest)} … ${day(current.latest)}`}`
            : ""}
      </output>
    </div>
  );
}

/** A text or number that is saved when it is left or Enter is pressed. */
export function TextField(props: {
  label: string;
  value: string;
  save: (value: string) => void;
  numeric?: boolean;
  list?: string[];
}): VNode {
  const [typed, setTyped] = useState(props.value);
  const id = useId();
  useEffect(() => setTyped(props.value), [props.value]);
  const wrong = !!props.numeric && typed !== "" && numberOf(typed) === null;
  const finish = (): void => {
    if (typed !== props.value && !wrong) props.save(typed);
  };
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        value={typed}
        inputMode={props.numeric ? "decimal" : "text"}
        aria-invalid={wrong}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={finish}
        onKeyDown={(event) => event.key === "Enter" && finish()}
      />
    </div>
  );
}

/** A number as people type it: spaces part thousands, a comma may be the decimal mark. */
export function numberOf(typed: string): number | null {
  const plain = typed.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

export function Choice(props: {
  label: string;
  value: string;
  options: [string, string][];
  save: (value: string) => void;
  optional?: boolean;
}): VNode {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <select id={id} value={props.value} onChange={(event) => props.save(event.currentTarget.value)}>
        {props.optional && <option value="">–</option>}
        {props.options.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

export function Flag(props: { label: string; value: boolean; save: (value: boolean) => void }): VNode {
  const id = useId();
  return (
    <div class="field flag">
      <input id={id} type="checkbox" checked={props.value} onChange={(event) => props.save(event.currentTarget.checked)} />
      <label for={id}>{props.label}</label>
    </div>
  );
}

/** A place found by name in either language and script; the gazetteer lists, a person chooses. */
export function PlaceSearch(props: { label: string; kind: string; value: string; shown: string; save: (place: Place) => void }): VNode {
  const { t, tongue } = usePage();
  const [typed, setTyped] = useState("");
  const [found, setFound] = useState<Place[]>([]);
  const [at, setAt] = useState(0);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    setTyped("");
    setFound([]);
  }, [props.value]);
  useEffect(() => {
    if (typed.trim().length < 2) return setFound([]);
    let late = false;
    const timer = setTimeout(() => {
      void api.places(typed, props.kind).then(
        (places) => {
          if (late) return;
          setFound(places);
          setAt(0);
        },
        () => undefined,
      );
    }, PAUSE);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [typed, props.kind]);
  const choose = (place: Place | undefined): void => {
    if (!place) return;
    setTyped("");
    setFound([]);
    props.save(place);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") setAt((at + 1) % Math.max(1, found.length));
    else if (event.key === "ArrowUp") setAt((at + found.length - 1) % Math.max(1, found.length));
    else if (event.key === "Enter") choose(found[at]);
    else if (event.key === "Escape") setFound([]);
    else return;
    event.preventDefault();
  };
  return (
    <div class="field places">
      <label for={id}>{props.label}</label>
      <div class="combo">
        <span class="chosen">{props.shown || t.empty}</span>
        <input
          ref={input}
          id={id}
          class="place"
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={found.length ? `${id}-${at}` : undefined}
          autocomplete="off"
          placeholder={t.searchPlace}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={key}
        />
        <ul id={`${id}-list`} role="listbox" hidden={!found.length}>
          {found.map((place, index) => (
            <li
              key={place.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              onMouseDown={(event) => {
                event.preventDefault();
                choose(place);
              }}
            >
              {(tongue === "ru" && place.name_ru) || place.name_en}
              <small>
                {[tongue === "ru" ? place.name_en : place.name_ru, place.admin1, place.country, place.population ? place.population.toLocaleString(tongue) : null]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
