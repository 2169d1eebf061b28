"""Tables of the layout: one row for each stored value, denormalised by year, an index for each dimension."""

from __future__ import annotations

LEVELS = 5

DATAVALUE = """
CREATE TABLE datavalue (
    dataelementid bigint NOT NULL, periodid bigint NOT NULL, sourceid bigint NOT NULL,
    categoryoptioncomboid bigint NOT NULL, attributeoptioncomboid bigint NOT NULL,
    value varchar(50000), storedby varchar(255), created timestamp NOT NULL, lastupdated timestamp NOT NULL,
    comment varchar(50000), followup boolean, deleted boolean NOT NULL);
"""

DATAVALUE_KEYS = (
    "ALTER TABLE datavalue ADD PRIMARY KEY"
    " (dataelementid, periodid, sourceid, categoryoptioncomboid, attributeoptioncomboid)",
    "CREATE INDEX ON datavalue (lastupdated)",
    "CREATE INDEX ON datavalue (deleted)",
)

_LEVEL_COLUMNS = "".join(
    f", idlevel{n} bigint, uidlevel{n} char(11), namelevel{n} text" for n in range(1, LEVELS + 1)
)

RESOURCES = f"""
CREATE TABLE organisationunit (
    organisationunitid bigint PRIMARY KEY, uid char(11) UNIQUE, name text, level integer, parentid bigint);
CREATE TABLE analytics_rs_orgunitstructure (
    organisationunitid bigint PRIMARY KEY, organisationunituid char(11), level integer{_LEVEL_COLUMNS});
CREATE TABLE analytics_rs_periodstructure (
    periodid bigint PRIMARY KEY, iso text, daysno integer, startdate date, enddate date, year integer,
    monthly text, quarterly text, sixmonthly text, yearly text);
CREATE TABLE analytics_rs_dataelementstructure (
    dataelementid bigint PRIMARY KEY, dataelementuid char(11), aggregationtype text, zeroissignificant boolean);
CREATE TABLE analytics_rs_categorystructure (
    categoryoptioncomboid bigint PRIMARY KEY, categoryoptioncombouid char(11), category1 char(11), category2 char(11));
"""

_UIDS = "".join(f", uidlevel{n} char(11)" for n in range(1, LEVELS + 1))

ANALYTICS = f"""
CREATE UNLOGGED TABLE {{name}} (
    id text, dx char(11) NOT NULL, co char(11), ao char(11), pe text, pestartdate date, peenddate date,
    year integer NOT NULL, ou char(11) NOT NULL, oulevel integer{_UIDS}, category1 char(11), category2 char(11),
    monthly text, quarterly text, sixmonthly text, yearly text, approvallevel integer,
    daysxvalue double precision, daysno integer NOT NULL, value double precision, textvalue text{{check}})
    {{inherits}} WITH (autovacuum_enabled = false)
"""

DIMENSIONS = (
    "dx", "co", "ao", "pestartdate", "peenddate", "year", "ou", "oulevel",
    *(f"uidlevel{n}" for n in range(1, LEVELS + 1)),
    "category1", "category2", "monthly", "quarterly", "sixmonthly", "yearly", "approvallevel",
)  # fmt: skip

INDEXES = (*((column,) for column in DIMENSIONS), ("dx", "co"), ("dx", "ao"))

_CHOSEN = ", ".join(f"ous.uidlevel{n}" for n in range(1, LEVELS + 1))

#: The five keys of a row as one.
ID = (
    "concat_ws('-', des.dataelementuid, ps.iso, ous.organisationunituid,"
    " cs.categoryoptioncombouid, ao.categoryoptioncombouid)"
)

#: A value with everything the resource tables know about it.
JOINED = """
FROM datavalue dv
JOIN analytics_rs_periodstructure ps ON dv.periodid = ps.periodid
JOIN analytics_rs_orgunitstructure ous ON dv.sourceid = ous.organisationunitid
JOIN analytics_rs_dataelementstructure des ON dv.dataelementid = des.dataelementid
JOIN analytics_rs_categorystructure cs ON dv.categoryoptioncomboid = cs.categoryoptioncomboid
JOIN analytics_rs_categorystructure ao ON dv.attributeoptioncomboid = ao.categoryoptioncomboid
"""

#: Rows of an analytics table. {where} narrows the values.
ROWS = f"""
SELECT {ID},
    des.dataelementuid, cs.categoryoptioncombouid, ao.categoryoptioncombouid, ps.iso, ps.startdate, ps.enddate,
    ps.year, ous.organisationunituid, ous.level, {_CHOSEN}, cs.category1, cs.category2,
    ps.monthly, ps.quarterly, ps.sixmonthly, ps.yearly, 0,
    dv.value::double precision * ps.daysno, ps.daysno, dv.value::double precision, NULL
{JOINED}
WHERE dv.deleted IS FALSE AND dv.value ~ '^(-?0|-?[1-9][0-9]*)(\\.[0-9]+)?$'
    AND (dv.value <> '0' OR des.zeroissignificant) AND {{where}}
"""


def analytics(year: int | None = None) -> str:
    """CREATE of the parent table, or of the part of a year (0: the latest changes)."""
    if year is None:
        return ANALYTICS.format(name="analytics", check="", inherits="")
    check = f", CHECK (year = {year})" if year else ""
    return ANALYTICS.format(name=f"analytics_{year}_temp", check=check, inherits="INHERITS (analytics)")
