"""``train.csv`` in and out: by hand, there and back, every bad row, and the real street photos."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attire.annotations import csv_blocks, load_records, read_imaterialist, write_imaterialist
from attire.annotations.pairs import decode_runs
from attire.errors import AnnotationError
from attire.masks import RunLengths


class TestReading:
    def test_rows_become_instances_sorted_by_photo(self, ontology, write_csv):
        path = write_csv("b.jpg,1 2,3,2,6_20_36", "a.jpg,1 4,2,2,0", "b.jpg,4 1 1 2,3,2,23")
        records, bad_rows = read_imaterialist(path, ontology)
        assert bad_rows == ()
        assert records.image_ids.tolist() == ["b.jpg", "a.jpg"]
        assert records.sizes.tolist() == [[3, 2], [2, 2]]
        assert records.offsets.tolist() == [0, 2, 3]
        assert records.category_ids.tolist() == [6, 23, 0]
        assert records.rows.tolist() == [2, 4, 3]
        assert records.masks.areas.tolist() == [2, 3, 4]
        assert records.instances("b.jpg").attribute_set(0) == (20, 36)
        assert records.instances("b.jpg").attribute_set(1) == ()

    def test_columns_may_stand_in_any_order_and_quoted(self, ontology, write_csv):
        path = write_csv(
            '"6","a, b.jpg",7,"3",2,"1 2"', header='ClassId,"ImageId",Extra,Height,Width,EncodedPixels'
        )
        records, _ = read_imaterialist(path, ontology)
        assert records.image_ids.tolist() == ["a, b.jpg"]
        assert records.category_ids.tolist() == [6]

    def test_windows_line_ends_and_byte_order_mark_are_no_hindrance(self, ontology, tmp_path):
        path = tmp_path / "train.csv"
        path.write_bytes(
            b"\xef\xbb\xbfImageId,EncodedPixels,Height,Width,ClassId\r\na.jpg,1 2,3,2,6\r\nb.jpg,1 2,3,2,7"
        )
        records, _ = read_imaterialist(path, ontology)
        assert records.category_ids.tolist() == [6, 7]

    def test_a_row_with_only_a_name_and_size_is_a_photo_with_nothing_in_it(self, ontology, write_csv):
        records, _ = read_imaterialist(write_csv("a.jpg,,3,2,", "b.jpg,1 1,3,2,0"), ontology)
        assert records.image_ids.tolist() == ["a.jpg", "b.jpg"]
        assert np.diff(records.offsets).tolist() == [0, 1]

    def test_a_header_alone_is_no_photos(self, ontology, write_csv):
        records, _ = read_imaterialist(write_csv(), ontology)
        assert (len(records), len(records.category_ids)) == (0, 0)

    def test_attributes_in_disorder_or_twice_say_the_same_set(self, ontology, write_csv):
        records, _ = read_imaterialist(write_csv("a.jpg,1 1,3,2,6_36_20_36"), ontology)
        assert records.instances(0).attribute_set(0) == (20, 36)

    def test_unlabelled_groups_are_unknown_unless_said_otherwise(self, ontology, write_csv):
        mini = ontology.attribute_index("mini (length)")
        length = next(group for group in ontology.groups if group.name == "length")
        path = write_csv(f"a.jpg,1 1,3,2,10_{ontology.attributes[mini].id}", "a.jpg,2 1,3,2,10")
        records, _ = read_imaterialist(path, ontology)
        assert np.flatnonzero(records.attributes_known[0]).tolist() == list(length.indices)
        assert records.annotated.tolist() == [True, False]
        records, _ = read_imaterialist(path, ontology, unlabelled_groups="negative")
        assert records.attributes_known[0].all()
        assert not records.attributes_known[1].any()

    def test_how_the_file_is_cut_into_blocks_makes_no_difference(
        self, ontology, write_csv, monkeypatch, assert_same_records
    ):
        rng = np.random.default_rng(5)
        runs = [" ".join(f"{start} 2" for start in range(1, end, 3)) for end in rng.integers(5, 80, 200)]
        rows = [f"{rng.integers(0, 9)}.jpg,{pairs},9,9,{rng.integers(0, 46)}" for pairs in runs]
        path = write_csv(*rows)
        whole, _ = read_imaterialist(path, ontology)
        monkeypatch.setattr(csv_blocks, "_BLOCK", 100)
        pieces, _ = read_imaterialist(path, ontology)
        assert_same_records(whole, pieces)
        assert sorted(whole.rows.tolist()) == list(range(2, 202))


BAD = [
    pytest.param(
        "a.jpg,1 5,2,2,6", "run 1+5 ends at 5, but 2x2 has 4 pixels. Check Height/Width", id="outside"
    ),
    pytest.param("a.jpg,1 2 2 1,2,2,6", "run 2+1 overlaps run 1+2", id="overlap"),
    pytest.param("a.jpg,1 2 3,2,2,6", "hold 3 numbers", id="odd count"),
    pytest.param("a.jpg,1 2 three,2,2,6", "more than whole numbers", id="letters"),
    pytest.param("a.jpg,,2,2,6", "EncodedPixels are empty", id="a class without pixels"),
    pytest.param("a.jpg,1 1,2,2,", "ClassId '' is not ids", id="pixels without a class"),
    pytest.param(
        "a.jpg,1 1,2,2,46", "ClassId '46' has category 46, but imaterialist-2019 ends at 45", id="46"
    ),
    pytest.param(
        "a.jpg,1 1,2,2,6_92", "attribute 92, which imaterialist-2019 does not have", id="attribute 92"
    ),
    pytest.param("a.jpg,1 1,2,2,6__20", "ClassId '6__20' is not ids", id="two underscores"),
    pytest.param("a.jpg,1 1,2,2,6_" + "9" * 5000, "is not ids", id="an endless id"),
    pytest.param("a.jpg,1 1,2,2,shirt", "ClassId 'shirt' is not ids", id="a name for a class"),
    pytest.param("a.jpg,1 1,0,2,6", "Height/Width are no whole numbers", id="height 0"),
    pytest.param("a.jpg,1 1,2.5,2,6", "Height/Width are no whole numbers", id="height 2.5"),
    pytest.param("a.jpg,1 1,99999,99999,6", "Height/Width are no whole numbers", id="ten gigapixels"),
    pytest.param("a.jpg,1 1", "Height/Width are no whole numbers", id="a row cut short"),
    pytest.param("a.jpg,1 1,2,4,6", "say 2x4, but another row of this photo 2x2", id="two sizes"),
    pytest.param(",1 1,2,2,6", "ImageId is empty", id="no name"),
]


class TestBadRows:
    @pytest.mark.parametrize(("row", "said"), BAD)
    def test_the_first_stops_reading_and_is_named(self, ontology, write_csv, row, said):
        path = write_csv("a.jpg,1 1,2,2,6", "b.jpg,1 1,2,2,6", row, "c.jpg,9 9,2,2,6")
        with pytest.raises(AnnotationError) as caught:
            read_imaterialist(path, ontology)
        message = str(caught.value)
        assert message.startswith(f"{path} row 4 ({row.split(',')[0]}): ")
        assert said in message
        assert message.endswith(", or pass --skip-bad-rows.")

    @pytest.mark.parametrize(("row", "said"), BAD)
    def test_or_is_left_out_and_counted(self, ontology, write_csv, row, said):
        path = write_csv("a.jpg,1 1,2,2,6", row, "b.jpg,1 1,2,2,7_20", row)
        records, bad_rows = read_imaterialist(path, ontology, skip_bad_rows=True)
        assert [bad.row for bad in bad_rows] == [3, 5]
        assert all(bad.what.startswith(said[:10]) or said.split(".")[0] in bad.what for bad in bad_rows)
        assert records.image_ids.tolist() == ["a.jpg", "b.jpg"]
        assert records.category_ids.tolist() == [6, 7]
        assert records.masks.areas.tolist() == [1, 1]
        assert records.rows.tolist() == [2, 4]

    def test_a_photo_with_nothing_but_bad_rows_goes_too(self, ontology, write_csv):
        path = write_csv("a.jpg,1 9,2,2,6", "b.jpg,1 1,2,2,6", "a.jpg,1 1,2,2,99", "c.jpg,,2,2,")
        records, bad_rows = read_imaterialist(path, ontology, skip_bad_rows=True)
        assert records.image_ids.tolist() == ["b.jpg", "c.jpg"]
        assert len(bad_rows) == 2

    def test_the_size_of_a_photo_is_that_of_its_first_sound_row(self, ontology, write_csv):
        path = write_csv("a.jpg,1 1,x,2,6", "a.jpg,1 1,3,2,6")
        records, bad_rows = read_imaterialist(path, ontology, skip_bad_rows=True)
        assert records.sizes.tolist() == [[3, 2]]
        assert [bad.row for bad in bad_rows] == [2]

    def test_loading_says_how_many_were_left_out(self, write_csv, capsys):
        path = write_csv("a.jpg,1 1,2,2,6", "a.jpg,1 9,2,2,6")
        records = load_records(path, skip_bad_rows=True)
        assert len(records.category_ids) == 1
        said = " ".join(capsys.readouterr().err.split())
        assert "left out 1 bad rows, 1 instances remain; the first was row 3 (a.jpg): run 1+9" in said

    def test_a_file_that_is_none_is_named(self, ontology, tmp_path, write_csv):
        with pytest.raises(AnnotationError, match=r"none\.csv: no such file"):
            read_imaterialist(tmp_path / "none.csv", ontology)
        with pytest.raises(AnnotationError, match=r"lacks Height, ClassId; expected ImageId,"):
            read_imaterialist(write_csv(header="ImageId,EncodedPixels,Width"), ontology)
        with pytest.raises(AnnotationError, match=r"from row 2 on, not readable as CSV"):
            read_imaterialist(write_csv('"a.jpg,1 1,2,2,6'), ontology)


class TestWriting:
    def test_records_survive(self, looks, ontology, tmp_path, assert_same_records):
        write_imaterialist(looks, tmp_path / "train.csv")
        back, bad_rows = read_imaterialist(tmp_path / "train.csv", ontology, unlabelled_groups="negative")
        assert bad_rows == ()
        assert_same_records(looks, back, rows=False)
        assert (tmp_path / "train.csv").read_text().splitlines()[3] == "b.jpg,,10,40,"

    def test_attributes_rise(self, looks, tmp_path):
        write_imaterialist(looks, tmp_path / "train.csv")
        assert (tmp_path / "train.csv").read_text().splitlines()[1].endswith(",30,20,10_20_36")

    # The fixtures are functions without state.
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 45), st.sets(st.integers(0, 91), max_size=4)))
    )
    def test_any_rows_survive(self, tmp_path_factory, ontology, make_records, assert_same_records, rows):
        photos = {f"{photo}.jpg": ((6, 5), []) for photo, _, _ in rows}
        for photo, category_id, attributes in rows:
            photos[f"{photo}.jpg"][1].append((category_id, (photo, 1, 5, 4), sorted(attributes) or None))
        records = make_records(photos)
        path = tmp_path_factory.mktemp("any") / "train.csv"
        write_imaterialist(records, path)
        back, _ = read_imaterialist(path, ontology, unlabelled_groups="negative")
        assert_same_records(records, back)

    def test_an_empty_mask_cannot_be_said(self, make_records, tmp_path):
        records = make_records({"a.jpg": ((3, 3), [(0, (0, 0, 0, 0), None)])})
        with pytest.raises(AnnotationError, match=r"1 masks are empty, the first in a\.jpg"):
            write_imaterialist(records, tmp_path / "train.csv")
        assert list(tmp_path.iterdir()) == []


@pytest.mark.data
class TestStreetPhotos:
    def test_every_row_becomes_an_instance(self, ccp):
        records = load_records(ccp / "train")
        assert len(records) == 753
        assert len(records.category_ids) == 4164
        assert records.rows.tolist() == list(range(2, 4166))
        assert (records.masks.areas > 0).all()
        assert 0 < records.annotated.sum() < 4164

    def test_areas_equal_those_of_a_slow_reading(self, ccp):
        records = load_records(ccp / "val")
        lines = (ccp / "val" / "train.csv").read_text().splitlines()
        for place in range(0, len(records.rows), 40):
            name, runs, height, width, class_id = lines[records.rows[place] - 1].split(",")
            mask = np.zeros(int(height) * int(width), bool)
            numbers = [int(word) for word in runs.split()]
            for start, length in zip(numbers[::2], numbers[1::2], strict=True):
                mask[start - 1 : start - 1 + length] = True
            mask = mask.reshape(int(width), int(height)).T
            assert (records.masks.decode(place) == mask).all()
            assert records.masks.areas[place] == mask.sum()
            assert (decode_runs(runs, int(height), int(width)) == mask).all()
            ys, xs = np.nonzero(mask)
            assert records.masks.boxes[place].tolist() == [xs.min(), ys.min(), xs.max() + 1, ys.max() + 1]
            found = records.instances(int(records.photo_indices[place]))
            assert found.image_id == name
            assert records.category_ids[place] == int(class_id.split("_")[0])

    def test_what_is_written_is_what_was_read_to_the_letter(self, ccp, tmp_path):
        write_imaterialist(load_records(ccp / "val"), tmp_path / "train.csv")
        written, read = ((folder / "train.csv").read_text() for folder in (tmp_path, ccp / "val"))
        assert written == read

    def test_masks_in_coco_form_come_back(self, ccp):
        masks = load_records(ccp / "val").masks[:60]
        back = RunLengths.from_coco(masks.to_coco())
        assert back.starts.tolist() == masks.starts.tolist()
