"""The reading door: whatever comes, there is a result or a sentence, and the caller lives."""

import pickle
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from threading import Timer

import pytest
from django.conf import settings

from dianping.common.office._places import place_for
from dianping.common.office.reading import Bounds, UnreadableFile, in_bounds, read_sheets
from tests import bad_files
from tests.refused import refused

SENTENCE = re.compile(r"[^\x00-\x1f]{12,}。")
unreadable = partial(refused, kind=UnreadableFile)


@pytest.fixture
def written(tmp_path):
    def write(content: bytes, name: str = "upload") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def filled(sheets):
    return [row for sheet in sheets for row in sheet.rows if any(cell != "" for cell in row)]


@pytest.mark.parametrize("kind", bad_files.REFUSED)
def test_a_bad_file_is_refused_in_a_full_sentence(kind, written):
    make, code = bad_files.REFUSED[kind]
    with unreadable(code, match=bad_files.FILLED.get(kind, "")) as refusal:
        read_sheets(written(make()), reader=None, then=list)
    assert SENTENCE.fullmatch(refusal.value.sentence)


@pytest.mark.parametrize("kind", bad_files.READ)
def test_an_odd_file_comes_in_whole(kind, written):
    make, rows = bad_files.READ[kind]
    assert filled(read_sheets(written(make()), reader=None, then=list)) == rows


@pytest.mark.parametrize("name", ["roster.xlsx", "roster.xls", "roster.csv", "roster"])
def test_a_file_is_what_it_contains_and_not_what_it_is_called(name, written):
    assert read_sheets(written(bad_files.plain(), name), reader=None, then=bad_files.names_of) == ["党员"]


def test_rows_carry_the_numbers_the_spreadsheet_shows(written):
    xml = bad_files.worksheet(bad_files.row(4, "", "甲") + bad_files.row(6, "", "乙"))
    (sheet,) = read_sheets(written(bad_files.one_sheet(xml)), reader=None, then=list)
    assert (sheet.first_row, sheet.rows) == (4, [["甲"], [""], ["乙"]])


def test_csv_rows_are_records_and_blank_ones_count(written):
    (sheet,) = read_sheets(written(b'a,b\n\n"x\ny",z\n'), reader=None, then=list)
    assert (sheet.first_row, sheet.rows) == (1, [["a", "b"], [], ["x\ny", "z"]])


def test_a_hidden_sheet_is_read_and_told(written):
    xml = bad_files.worksheet(bad_files.row(1, "甲"))
    book = bad_files.zipped(bad_files.workbook_parts({"一": xml, "二": xml}, hidden=["二"]))
    assert [(sheet.name, sheet.hidden) for sheet in read_sheets(written(book), reader=None, then=list)] == [
        ("一", False),
        ("二", True),
    ]


def test_a_missing_file_is_told(tmp_path):
    with unreadable("files.cannot-be-opened"):
        read_sheets(tmp_path / "nowhere.xlsx", reader=None, then=list)


def test_the_bounds_are_those_given(written):
    path = written(bad_files.of_rows(*[[str(at)] for at in range(9)]))
    assert len(filled(read_sheets(path, reader=None, then=list, bounds=Bounds(rows=9)))) == 9
    with unreadable("files.too-many-rows", match="超过 8 行"):
        read_sheets(path, reader=None, then=list, bounds=Bounds(rows=8))
    with unreadable("files.too-many-rows", match="超过 2 行"):
        read_sheets(path, reader=None, then=list, bounds=Bounds(rows=2))
    with unreadable("files.too-large"):
        read_sheets(path, reader=None, then=list, bounds=Bounds(file_bytes=100))
    with unreadable("files.unpacks-too-large"):
        read_sheets(path, reader=None, then=list, bounds=Bounds(unpacked_bytes=100))
    with unreadable("files.reaches-too-far"):
        read_sheets(path, reader=None, then=list, bounds=Bounds(cells=200))


@pytest.mark.parametrize(
    ("then", "code", "bounds"),
    [
        (bad_files.fails, "files.reading-went-wrong", Bounds()),
        (bad_files.eats_memory, "files.needs-too-much-memory", Bounds()),
        (bad_files.never_ends, "files.too-slow", Bounds(cpu_seconds=1)),
        (bad_files.sleeps, "files.too-slow", Bounds(wall_seconds=1)),
        (bad_files.aborts, "files.needs-too-much-memory", Bounds()),
        (bad_files.is_killed, "files.needs-too-much-memory", Bounds()),
        (bad_files.crashes, "files.reading-broke-off", Bounds()),
    ],
)
def test_the_death_of_the_child_is_a_sentence(then, code, bounds, written):
    with unreadable(code):
        read_sheets(written(bad_files.plain()), reader=None, then=then, bounds=bounds)


def test_the_log_of_a_failure_quotes_no_cell(written, caplog):
    with unreadable("files.reading-went-wrong"):
        read_sheets(written(bad_files.plain()), reader=None, then=bad_files.fails)
    assert "KeyError" in caplog.text
    assert "cell 42" not in caplog.text


def test_printing_does_not_spoil_the_answer(written):
    assert read_sheets(written(bad_files.plain()), reader=None, then=bad_files.prints) == "answer"


def test_the_child_loads_no_django(written):
    loaded = read_sheets(written(bad_files.plain()), reader=None, then=bad_files.modules_loaded)
    assert "dianping" in loaded
    assert not {"django", "pysqlite3", "sqlite3"} & set(loaded)


def test_the_child_cannot_hand_back_code_to_run(written):
    with pytest.raises(pickle.UnpicklingError):
        read_sheets(written(bad_files.plain()), reader=None, then=bad_files.sets_a_trap)


def test_the_callers_directory_does_not_matter(written, monkeypatch):
    path = written(bad_files.plain())
    monkeypatch.chdir("/")
    assert read_sheets(path, reader=None, then=bad_files.names_of) == ["党员"]


def test_what_is_read_for_a_page_has_ten_seconds_and_half_a_gigabyte(written):
    path = written(bad_files.plain())
    with unreadable("files.needs-too-much-memory", match="512 MB"):
        read_sheets(path, reader="ning", then=bad_files.eats_six_hundred_megabytes)
    with unreadable("files.too-slow", match="10 秒"):
        read_sheets(path, reader="ning", then=bad_files.never_ends)


def test_a_command_at_the_machine_has_wider_bounds(written):
    assert read_sheets(written(bad_files.plain()), reader=None, then=bad_files.eats_six_hundred_megabytes)


def test_a_function_without_a_file_is_bound_as_well():
    assert in_bounds(partial(sorted, [2, 1]), reader="ning") == [1, 2]
    with unreadable("files.too-slow", match="读出这些文字的内容用了 1 秒"):
        in_bounds(partial(bad_files.never_ends, ()), reader="ning", bounds=Bounds(wall_seconds=1))
    with unreadable("files.answer-too-large", match="最多 1 KB"):
        in_bounds(partial(str, "甲" * 9999), reader="ning", bounds=Bounds(answer_bytes=1024))


NO_WAIT = Bounds(wait_seconds=0)


def test_one_account_reads_one_file_at_a_time_and_the_site_two(written):
    path = written(bad_files.plain())

    def read(reader):
        return read_sheets(path, reader=reader, then=bad_files.names_of, bounds=NO_WAIT)

    with place_for("ning", seconds=0):
        with unreadable("files.own-place-taken"):
            read("ning")
        assert read("gan") == ["党员"]
        with place_for("gan", seconds=0):
            with unreadable("files.all-places-taken", match="一次只读 2 份"):
                read("bian")
            assert read(None) == ["党员"]  # a command stands in no line
    assert read("ning") == ["党员"]


def test_a_place_is_taken_across_processes_and_given_back_when_its_holder_dies(tmp_path):
    holder = (
        "import sys, django; from django.conf import settings; settings.configure(HOME=sys.argv[1]);"
        "from dianping.common.office._places import place_for;"
        "held = place_for('ning', seconds=0); held.__enter__(); print('held', flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", holder, str(settings.HOME)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    with unreadable("files.own-place-taken"), place_for("ning", seconds=0):
        pass
    child.kill()
    child.communicate()
    with place_for("ning", seconds=0):
        pass


def test_whoever_waits_gets_the_place_that_comes_free():
    first = place_for("ning", seconds=0)
    first.__enter__()
    Timer(0.2, first.__exit__, (None, None, None)).start()
    with place_for("ning", seconds=5):
        pass


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("00000000", "00080101"),
        ("000000;-000000", "080101"),
        ("&quot;G&quot;0000000", "G0080101"),
        ("0", 80101.0),
        ("General", 80101.0),
    ],
)
def test_zeros_that_only_the_format_of_a_number_shows_are_read(code, shown, written):
    styles = (
        f'<styleSheet xmlns="{bad_files.MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="{code}"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="164"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0"><alignment/></xf><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    xml = bad_files.worksheet('<row r="1"><c r="A1" s="1"><v>80101</v></c><c r="B1" s="0"><v>7</v></c></row>')
    (sheet,) = read_sheets(
        written(bad_files.one_sheet(xml, **{"xl__styles.xml": styles})), reader=None, then=list
    )
    assert sheet.rows == [[shown, 7.0]]
