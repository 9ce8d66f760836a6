"""Words that begin with a capital and name no person: those that open sentences, offices, places and peoples."""

from __future__ import annotations

from typing import Final

from almoner.pipeline.lines import vocabulary
from almoner.pipeline.lines.dates import MONTHS, WEEKDAYS
from almoner.pipeline.lines.names import ORGANISATION_WORDS, TITLES

_OPENING: Final = vocabulary.words("""
    a about above abuse according act action after all although among an and another any appeal are army article
    as asian ask asked at atlantic baby based be because been before being between bible bill black book
    both boy boys brexit britain british brothers but by can case catholic channel chapter child
    childline children christian christmas church city claim class college conservative could council
    county covid crown dad dear defence department did district do doctors
    dog domestic during each early earth easter edition education eight eighteen eleven england english even
    evening every ex-boyfriend ex-girlfriend ex-husband ex-partner ex-wife exclusive families family father few
    fifteen fifty fire first five following for former forty foundation four fourteen friends from full further
    general german germany girl girls god good government grandmother great group guidance had has have he
    health her here hers his home hospital house how however human i if in independent india indian infant
    instead internet into ireland irish is islam islamic it its jewish jury
    just keeping key kingdom labour lady last later law learning legal let level liberal library like local
    london long looking many medical men mental met miss more most mother mr mrs ms much
    mum muslim must my national neighbours net new next nine nineteen no nobody none nor north northern not note
    nothing now number of official old on once one online only open operation or
    other our out over paper paramedics parent parents part patient patients pensioner people photo police
    polish prevent prince princess prosecutors protocol public pupil pupils question reading
    recommendation relatives report research resident residents review right road royal russian said save school
    schools scotland scottish sea section see sentencing serious seven seventeen several sexual she should since
    sister sisters six sixteen sixty so social some somebody someone soon south southern speaking spring staff
    stage state statutory step stephen's still stop street such support supreme survivor survivors syria syrian
    table team teenage teenager teenagers ten than that the their them then there these they
    things thirteen thirty this those three through time to today toddler together tomorrow trial tributes
    tuesday twelve twenty twins two uk ukraine ukrainian under union united university unless until up upon us
    victim victims volunteers wales was we week welsh were western what when where whether which while white who
    whose why will winter with within without witnesses woman women work workers working world would year years
    yes yesterday yet you young your youth
    """)
_OFFICES: Final = vocabulary.words("""
    bishop chair chief coach detective detectives director doctor head inspector inspectors judge judges king lord minister ministers
    nurse nurses officer officers prime queen secretary teacher teachers
    archbishop ayatollah captain cardinal colonel congressman congresswoman emperor energy general imam major
    pastor pope president prince princess rabbi senator sheikh
    """)
_PLACES_AND_PEOPLES: Final = vocabulary.words("""
    afghan afghanistan africa african albania albanian algeria algerian america american americans arab arabs
    argentina asia asians australia australian austria austrian baghdad bangladesh bangladeshi belarus belfast
    belgian belgium berlin birmingham bosnia bosnian brazil brazilian bristol briton britons brussels bulgaria
    bulgarian canada canadian cardiff china chinese colombia congo congolese croat croatia croatian cuba czech
    danish denmark dublin dutch edinburgh egypt egyptian eritrea eritrean ethiopia ethiopian europe european
    europeans facebook finland finnish france french gambia gambian gaza ghana ghanaian glasgow google greece
    greek gypsy hungarian hungary instagram iran iranian iraq iraqi israel israeli israelis italian italy
    jamaica jamaican japan japanese jew jews jordan kenya kenyan korea korean kurdish kuwait kuwaiti latvia
    latvian lebanese lebanon leeds libya libyan lithuania lithuanian liverpool malaysia malaysian malta
    manchester mexican mexico moldova moroccan morocco moscow muslims nazi nepal nepalese netherlands nigeria
    nigerian norway norwegian ofsted pakistan pakistani palestine palestinian palestinians paris philippines
    poland pole poles portugal portuguese qatar roma romania romanian rome russia saudi scot scots serb serbia
    serbian sheffield shia shiite sierra sikh sikhs slovak slovakia snapchat somali somalia spain spanish sudan
    sudanese sunni sweden swedish swiss switzerland taiwan thai thailand tiktok tokyo traveller travellers
    tunisia turk turkey turkish twitter uganda ugandan ukrainians venezuela vietnam vietnamese washington
    whatsapp yemen yemeni yorkshire youtube zambia zealand zimbabwe zimbabwean
    """)
ALSO_NAMES: Final = vocabulary.words(
    "april may june august summer autumn star page rose young day church sky west grace hope faith joy jordan paris"
)
"""Words that are names too: a name of two words may hold one."""
OPENS_PLACE: Final = frozenset(
    {"new", "north", "south", "east", "great", "united", "saint", "upper", "lower", "mount", "port"}
)
"""Words that make a place of the next one: "New York"."""
SURNAMES: Final = _OFFICES | _PLACES_AND_PEOPLES
"""Words that are surnames behind a first name: "Imran Sheikh", "Ann French"."""
NOT_NAMES: Final = (
    _OPENING
    | _OFFICES
    | _PLACES_AND_PEOPLES
    | ORGANISATION_WORDS
    | frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | TITLES
) - ALSO_NAMES
