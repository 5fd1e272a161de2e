"""GIFT, Moodle XML and tables as other people write them, in the shapes of Moodle's own documentation and examples."""

import pytest

from quizzes.interchange.formats import FORMATS, guess
from quizzes.interchange.markup import plain_text
from quizzes.interchange.records import Reading, Record, Refused, Unreadable


def gift(text: str) -> Record:
    found = FORMATS["gift"].read(text, None)
    assert not found.faults
    (record,) = found.records
    return record


def gift_fault(text: str) -> str:
    (fault,) = FORMATS["gift"].read(text, None).faults
    return fault.reason


def xml(type_: str, inner: str, stem: str = "What?") -> Reading:
    text = f'<quiz>\n<question type="{type_}"><name><text>N</text></name><questiontext format="html">'
    text += f"<text><![CDATA[{stem}]]></text></questiontext>{inner}</question>\n</quiz>"
    return FORMATS["moodle-xml"].read(text, None)


def texts(record: Record, part: str = "options") -> list[str]:
    return [entry["text"] for entry in record.content[part]]


# --- GIFT ---------------------------------------------------------------------------------------------------------


def test_gift_tells_the_types_apart_as_moodle_does() -> None:
    assert gift("Who kept it? {=Ida ~Grace}").type == "choice"
    assert gift("Who kept it? {~%50%Ida ~%50%Kate ~Grace}").type == "multiple"
    assert gift("Who kept it? {=Ida =Ida Lewis}").type == "short"
    assert gift("It burned. {T}").key == {"correct": True}
    assert gift("It burned. {FALSE#no}").key == {"correct": False}
    assert gift("How long? {#81:2}").key == {"value": 81, "tolerance": 2}
    assert gift("How long? {#80..82}").key == {"least": 80, "most": 82}
    assert gift("Pair. {=a -> b =c->d}").type == "matching"
    assert gift("Say why. {}").type == "essay"
    assert gift("Order. {>3 ALL VERTICAL ABSOLUTE_POSITION SHOW none\none\ntwo\nthree\n}").key == {
        "order": ["i1", "i2", "i3"],
        "scoring": "position",
    }


def test_gift_reads_titles_comments_ids_tags_and_categories() -> None:
    text = "$CATEGORY: top/sea\n\n// old\n\n// [id:lamp-1] [tag:sea \\] sky]\n// more\n"
    text += "::The \\: lamp::\nWho? {=Ida ~Grace}"
    found = FORMATS["gift"].read(text, None)
    (record,) = found.records
    assert (record.name, record.question, record.tags, record.line) == ("The : lamp", "lamp-1", ("sea ] sky",), 7)
    assert [told.reason for told in found.told] == ["The category “top/sea” is not kept: questions here have tags."]


def test_gift_reads_escapes_formats_and_weights() -> None:
    record = gift(
        "[html]Is <b>5 \\= 2+3</b>&nbsp;&lt;? {\n=yes\\: \\{x\\} \\# \\~ \\\\ \n~%-25.5%no\n~%50%[plain]<b>\n}"
    )
    assert record.stem == "Is 5 = 2+3 <?"
    assert texts(record) == ["yes: {x} # ~ \\", "no", "<b>"]
    assert record.key == {"correct": "o1", "weights": {"o2": -0.255, "o3": 0.5}, "below_zero": True}
    assert record.lost == ("Bold, italics and the like are kept as plain text.",)
    assert gift("Two\\nlines? {T}").stem == "Two\nlines?"
    assert gift("a < b and b > c? {T}").stem == "a < b and b > c?"


def test_a_missing_word_leaves_a_gap_where_it_was() -> None:
    record = gift("The lamp stood on {~a ship =a tower} by the sea.")
    assert record.stem == "The lamp stood on _____ by the sea."
    assert record.key == {"correct": "o2"}


def test_what_is_said_to_single_answers_is_tied_to_them() -> None:
    record = gift("Who? {=Ida#Yes, she. ~Grace#Elsewhere. ####In the log.}")
    assert record.explanation == "In the log."
    assert record.feedback == {"answers": [{"to": "o1", "text": "Yes, she."}, {"to": "o2", "text": "Elsewhere."}]}
    assert gift("It burned. {T#Wrong!#Right!}").feedback["answers"] == [
        {"to": "false", "text": "Wrong!"},
        {"to": "true", "text": "Right!"},
    ]
    number = gift("How many? {#=81:2#Yes. =%0%18:0#The year. ~#Count again.}")
    assert number.feedback == {
        "wrong": "Count again.",
        "answers": [{"to": "79..83", "text": "Yes."}, {"to": "18", "text": "The year."}],
    }


def test_what_is_said_to_more_than_one_answer_here_stays_in_the_explanation() -> None:
    long = "Said at length. " * 70
    record = gift(f"Who? {{=Ida#{long} ~Grace}}")
    assert record.feedback == {}
    assert record.explanation == f"“Ida”: {long.strip()}"


def test_what_gift_marks_more_finely_is_said() -> None:
    record = gift("When? {#\n=1822:0\n=%50%1822:2\n~#Neither.}")
    assert record.key == {"value": 1822}
    assert record.lost == ("“1822” gave 50% of the marks and gives none now: a number is right or wrong.",)
    record = gift("Where? {=Nazareth =%75%Nazereth =%0%Rome =%0%*#no}")
    assert record.key == {"accept": ["Nazareth"], "reject": ["Rome"]}
    assert "Nazereth" in record.lost[0]
    assert gift("Who? {=Ai W*}").key == {"accept": ["Ai W*"], "wildcards": True}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Just words.", "asks nothing"),
        ("Open {=a", "lacks the other one"),
        ("Close =a}", "lacks the other one"),
        ("Twice {=a ~b} and {=c}", "second { or }"),
        ("{=a ~b}", "asks nothing"),
        ("None is right {~a ~b}", "No answer is worth anything"),
        ("No mark {a b}", "begin with none of"),
        ("Number {#abc}", "is not a number"),
        ("Number {#}", "No number gives all the marks"),
        ("Heavy {~%500%a ~%50%b}", "outside"),
        ("Odd {~%5x%a =b}", "is no weight"),
        ("Pairs {=a -> b =c}", "lacks its “->”"),
        ("[html]<img src=x> {T}", "a picture"),
        ("[html]<iframe src=x></iframe> {T}", "a picture"),
        ("Order {>2 none}", "one on a line"),
    ],
)
def test_a_fault_of_gift_is_said(text: str, said: str) -> None:
    assert said in gift_fault(text)


def test_faults_name_the_line_where_the_question_begins() -> None:
    found = FORMATS["gift"].read("\n// x\nGood {T}\n\n\nBad\nbad\n\nGood {F}\r\n\r\nBad {", None)
    assert [record.line for record in found.records] == [3, 9]
    assert [fault.line for fault in found.faults] == [6, 11]


# --- Moodle XML ---------------------------------------------------------------------------------------------------


def answer(text: str, fraction: str, more: str = "") -> str:
    return f'<answer fraction="{fraction}"><text>{text}</text>{more}</answer>'


def test_xml_reads_choices_with_fractions_hints_tags_and_ids() -> None:
    inner = "<single>false</single><defaultgrade>2.5000000</defaultgrade><idnumber>even</idnumber>"
    inner += answer("1", "-50") + answer("2", "50") + answer("3", "-50") + answer("4", "50")
    inner += "<hint><text>Halve it.</text><clearwrong/></hint><tags><tag><text>sums</text></tag></tags>"
    inner += "<correctfeedback><text>Well done.</text></correctfeedback>"
    (record,) = xml("multichoice", inner, "<p>Which are even?</p>").records
    assert (record.type, record.stem, str(record.points), record.question) == (
        "multiple",
        "Which are even?",
        "2.50",
        "even",
    )
    assert record.key == {"correct": ["o2", "o4"], "scoring": "right-minus-wrong"}
    assert (record.hints, record.tags) == (("Halve it.",), ("sums",))
    assert record.feedback == {"right": "Well done."}


def test_xml_reads_numbers_with_units() -> None:
    inner = answer("5", "100", "<tolerance>0.1</tolerance>") + answer("*", "0")
    inner += "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit>"
    inner += "<unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit></units>"
    (record,) = xml("numerical", inner).records
    assert record.content == {"unit": "m"}
    assert record.key == {"value": 5, "tolerance": 0.1, "units": {"cm": 0.01}}
    (record,) = xml("numerical", f"{inner}<unitgradingtype>1</unitgradingtype><unitpenalty>0.25</unitpenalty>").records
    assert record.content == {"unit": "", "asks_unit": True}
    assert (record.key["unit"], record.key["unit_penalty"]) == ("m", 0.25)


def test_xml_reads_embedded_answers() -> None:
    stem = (
        "<p>Held for {2:NUMERICAL:=81:1#Yes} days in {:MC:%0%Rome~=Beijing#OK~Bonn}, by {1:SAC:=Ida \\} L.~%0%Eve}.</p>"
    )
    (record,) = xml("cloze", "", stem).records
    assert record.type == "blanks"
    assert record.content["text"] == "Held for [[1]] days in [[2]], by [[3]]."
    assert [gap["type"] for gap in record.content["gaps"]] == ["numeric", "choice", "short"]
    keys = record.key["gaps"]
    assert keys["1"] == {"key": {"value": 81, "tolerance": 1}, "points": 2}
    assert keys["2"]["key"] == {"correct": "o2"}
    assert keys["3"]["key"] == {"accept": ["Ida } L."], "reject": ["Eve"], "case": True}


def test_xml_reads_matching_ordering_essays_and_truth() -> None:
    pairs = "".join(
        f"<subquestion><text>{one}</text><answer><text>{other}</text></answer></subquestion>"
        for one, other in (("A", "a"), ("B", "b"), ("", "c"))
    )
    (record,) = xml("matching", pairs).records
    assert (record.key, texts(record)) == ({"pairs": {"p1": "o1", "p2": "o2"}}, ["a", "b", "c"])
    (record,) = xml("ordering", answer("two", "2.0000000") + answer("one", "1.0000000")).records
    assert texts(record, "items") == ["one", "two"]
    (record,) = xml("essay", "<graderinfo><text>2 = Names it\n1 = Weighs it</text></graderinfo>").records
    assert [(each["text"], each["points"]) for each in record.key["rubric"]] == [("Names it", 2), ("Weighs it", 1)]
    (record,) = xml("truefalse", answer("true", "0") + answer("false", "100")).records
    assert record.key == {"correct": False}
    (record,) = xml("shortanswer", "<usecase>1</usecase>" + answer("Beta", "100") + answer("*", "0")).records
    assert record.key == {"accept": ["Beta"], "case": True}


@pytest.mark.parametrize(
    ("type_", "inner", "said"),
    [
        ("ddwtos", "", "“ddwtos” are not known"),
        ("calculated", "", "“calculated” are not known"),
        ("description", "", "asks nothing"),
        ("random", "", "by chance"),
        ("", "", "names no type"),
        ("multichoice", answer("a", "50") + answer("b", "0"), "No answer gives all"),
        ("multichoice", answer("a", "900") + answer("b", "0"), "outside -100 to 100"),
        ("multichoice", answer("a", "x") + answer("b", "0"), "is not a number"),
        ("truefalse", answer("true", "100") + answer("false", "100"), "Neither"),
        ("essay", '<file name="x.png" encoding="base64">AAAA</file>', "holds a file"),
        ("essay", "<defaultgrade>0</defaultgrade>", "0 points"),
        ("cloze", "", "no gap"),
    ],
)
def test_a_fault_of_xml_is_said_with_its_line(type_: str, inner: str, said: str) -> None:
    found = xml(type_, inner)
    (fault,) = found.faults
    assert said in fault.reason
    assert fault.line == 2


def test_a_document_of_something_else_is_refused() -> None:
    with pytest.raises(Unreadable, match="the root is <html>"):
        FORMATS["moodle-xml"].read("<html/>", None)
    category = '<quiz><question type="category"><category><text>$course$/x</text></category></question><x/></quiz>'
    found = FORMATS["moodle-xml"].read(category, None)
    assert len(found.told) == 2
    assert not found.records


# --- Tables -------------------------------------------------------------------------------------------------------


def test_a_table_reads_as_a_teacher_types_it() -> None:
    text = (
        'Type;Question;Right;Wrong;Points;Colour\nchoice;Who?;Ida;Grace\\n?;2,5;red\n\nshort;Where?;"Rome\nRoma";;;\n'
    )
    found = FORMATS["csv"].read(text, None)
    first, second = found.records
    assert (texts(first), str(first.points), first.line) == (["Grace\n?", "Ida"], "2.50", 2)
    assert (second.key, second.line) == ({"accept": ["Rome", "Roma"]}, 4)
    assert [told.reason for told in found.told] == ["The column “colour” is passed over."]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("riddle,Who?,Ida,,", "is no type of question"),
        ("choice,,Ida,Eve,", "asks nothing"),
        ("choice,Who?,,Eve,", "Under right stands one line"),
        ("true-false,Burned?,perhaps,,", "true or false"),
        ("numeric,How long?,long,,", "is not a number"),
        ("date,When?,3/4/2011,,", "3/4/2011"),
        ("matching,Pair,father,,", "is no pair"),
        ("essay,Why?,Names it,,", "is no line of a rubric"),
        ("short,Who?,Ida,,colour = red", "is no rule of this type"),
        ("short,Who?,Ida,,typos = perhaps", "is yes or no"),
        ("blanks,Fill,1 | riddle | x,,", "is no gap"),
    ],
)
def test_a_fault_of_a_table_is_said_with_its_line(row: str, said: str) -> None:
    (fault,) = FORMATS["csv"].read(f"type,question,right,wrong,rules\n{row}\n", None).faults
    assert said in fault.reason
    assert fault.line == 2


def test_a_table_without_its_columns_is_refused() -> None:
    with pytest.raises(Unreadable, match="no column “right”"):
        FORMATS["csv"].read("type,question\n", None)
    with pytest.raises(Unreadable, match="no table"):
        FORMATS["csv"].read('type,question,right\nchoice,"open', None)


def test_a_format_is_told_by_its_looks() -> None:
    assert guess("\ufeff \n<?xml version='1.0'?>").name == "moodle-xml"
    assert guess('"type";"question";"right"').name == "csv"
    assert guess("question\ttype\tright").name == "csv"
    assert guess("Who? {=Ida ~Grace}").name == "gift"


# --- HTML ---------------------------------------------------------------------------------------------------------


def test_html_is_brought_down_to_text_and_its_loss_is_said() -> None:
    html = "<p>One <b>two</b></p><ul><li>three</li><li>four &amp; five</li></ul>"
    table = "<table><tr><td>a</td><td>b</td></tr></table>"
    text, lost = plain_text(f'{html}{table}<a href="http://x">there</a><script>alert(1)</script>')
    assert text == "One two\n- three\n- four & five\na | b\nthere"
    assert len(lost) == 4
    assert "alert" not in text
    with pytest.raises(Refused, match="field of a form"):
        plain_text("<input>")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("::Q::Which? {=one -> eins}", "A matching asks for two pairs or more."),
        ("::Q::Order? {>1 ALL VERTICAL ABSOLUTE\nfirst\n}", "Two items or more are put in order."),
    ],
)
def test_too_little_to_be_arranged_is_refused_in_plain_words(text: str, reason: str) -> None:
    (fault,) = FORMATS["gift"].read(text, None).faults
    assert fault.reason == reason
