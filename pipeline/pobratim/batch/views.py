"""The views of results.duckdb; docs/runs.md shows what to ask them."""

from __future__ import annotations

from typing import NamedTuple


class View(NamedTuple):
    """A view: its name, what a row of it tells, and the query."""

    name: str
    comment: str
    query: str


def _year(column: str) -> str:
    """The first year of an EDTF value, null where it is not known to the year."""
    first = f"split_part({column}, '/', 1)"
    return f"try_cast(regexp_extract({first}, '^(-?[0-9]{{4}})', 1) as integer)"


_LAST_YEAR = "try_cast(regexp_extract(split_part({0}, '/', -1), '^(-?[0-9]{{4}})', 1) as integer)"

VIEWS = (
    View(
        "agreement_parties",
        "One row for each party of each agreement.",
        """
        select a.document, a.id as agreement, p.party, p.name,
            list_contains(a.implied_parties, p.party) as implied
        from agreements a,
            (select document, id, unnest(parties) as party, unnest(party_names) as name
             from agreements) p
        where p.document = a.document and p.id = a.id
        """,
    ),
    View(
        "agreements_by_city",
        "One row for each agreement and each city that is a party to it, with the other parties.",
        f"""
        select p.party as city, coalesce(c.name_en, p.name) as name_en,
            coalesce(c.name_ru, p.name) as name_ru, c.country,
            list_filter(a.party_names, lambda each: each <> p.name) as partners,
            a.instrument, a.purpose, a.subject, a.signed, {_year("a.signed")} as year, a.status,
            p.implied, a.document, a.id as agreement, a.evidence
        from agreements a
        join agreement_parties p on p.document = a.document and p.agreement = a.id
        join cities c on c.document = a.document and c.id = p.party
        """,
    ),
    View(
        "partner_cities",
        "One row for each pair of cities that are parties to one agreement: how many agreements in "
        "how many documents, and the first and last year of signing.",
        f"""
        select x.party as city, any_value(c.name_en) as name_en, any_value(c.name_ru) as name_ru,
            y.party as partner, any_value(d.name_en) as partner_en,
            any_value(d.name_ru) as partner_ru, any_value(d.country) as partner_country,
            count(*) as agreements, count(distinct a.document) as documents,
            min({_year("a.signed")}) as first_year, max({_year("a.signed")}) as last_year
        from agreements a
        join agreement_parties x on x.document = a.document and x.agreement = a.id
        join agreement_parties y
            on y.document = a.document and y.agreement = a.id and y.party <> x.party
        join cities c on c.document = a.document and c.id = x.party
        join cities d on d.document = a.document and d.id = y.party
        group by x.party, y.party
        """,
    ),
    View(
        "counts_over_time",
        "One row for each count with its period: what was counted, how many, in which years.",
        f"""
        select k.counted, k.category, k.action, coalesce(k.value, k.minimum, k.maximum) as value,
            k.unit, k.approximate, k.cumulative, k.period, {_year("k.period")} as year,
            {_LAST_YEAR.format("k.period")} as last_year, k.place,
            coalesce(c.name_en, c.name_ru, o.name, k.place) as place_name, k.document,
            k.id as count, k.evidence
        from counts k
        left join cities c on c.document = k.document and c.id = k.place
        left join organizations o on o.document = k.document and o.id = k.place
        """,
    ),
    View(
        "officials_in_office",
        "One row for each official of each document, with the name of the place or body.",
        f"""
        select f.name, f.office, f.title, f."of",
            coalesce(c.name_en, c.name_ru, o.name, f."of") as of_name, c.country, f.observed,
            {_year("f.observed")} as year, f.document, f.id as official, f.evidence
        from officials f
        left join cities c on c.document = f.document and c.id = f."of"
        left join organizations o on o.document = f.document and o.id = f."of"
        """,
    ),
    View(
        "organization_bodies",
        "One row for each organization of each document, and the body it is. Organizations of one key "
        "are one body in whatever document and language; where the run knows that key in several "
        "cities, those of each city are one body, and one of no known city is by itself.",
        """
        select o.document, o.id as organization, o.name, o.city, o.key,
            case when o.key is null then o.document || ' ' || o.id
                when k.cities < 2 then o.key
                when o.city is not null then o.key || ' in ' || o.city
                else o.document || ' ' || o.id end as body
        from organizations o
        left join (select key, count(distinct city) as cities from organizations group by key) k
            on k.key = o.key
        """,
    ),
    View(
        "bodies",
        "One row for each body: its names in both languages, its city, and in how many documents it is.",
        """
        select b.body, min(b.name) filter (where regexp_matches(b.name, '[А-Яа-яЁё]')) as name_ru,
            min(b.name) filter (where not regexp_matches(b.name, '[А-Яа-яЁё]')) as name_en,
            max(b.city) as city, max(coalesce(c.name_en, c.name_ru)) as city_name,
            count(distinct b.document) as documents, list(distinct b.document order by b.document) as met_in
        from organization_bodies b
        left join cities c on c.document = b.document and c.id = b.city
        group by b.body
        """,
    ),
    View(
        "cities_met",
        "One row for each city: in how many documents it is, and how often it is mentioned.",
        """
        select id as city, any_value(name_en) as name_en, any_value(name_ru) as name_ru,
            any_value(country) as country, any_value(latitude) as latitude,
            any_value(longitude) as longitude, count(distinct document) as documents,
            sum(len(mentions))::bigint as mentions
        from cities group by id
        """,
    ),
    View(
        "failures_by_reason",
        "One row for each reason of failure: how many inputs, and one of them.",
        """
        select code, stage, count(*) as inputs, min(uri) as example,
            arg_min(message, uri) as message
        from errors group by code, stage
        """,
    ),
)
