"""What a search found, put into the words of the schemas."""

from attire.catalog.search import Answer, Query, Result
from attire.serve.answers.garments import colours_out, garment_out
from attire.serve.schemas.search import AnswerOut, QuerySeen, ResultOut

__all__ = ["answer_out"]


def answer_out(answer: Answer) -> AnswerOut:
    """Give an answer as the service gives it."""
    return AnswerOut(
        query=None if answer.query is None else _query(answer.query),
        asked=answer.asked,
        notes=list(answer.notes),
        results=[_result(rank, result) for rank, result in enumerate(answer.results, 1)],
    )


def _query(query: Query) -> QuerySeen:
    garment = query.garment
    shown = garment_out(garment)
    own = bool(garment.garment_id)
    return QuerySeen(
        number=None if own else query.number,
        garment_id=garment.garment_id if own else None,
        picture=shown.picture if own else None,
        box=shown.box,
        category=shown.category,
        score=shown.score,
        attributes=shown.attributes,
        parts=shown.parts,
        colours=colours_out(garment.colours, garment.colour_lab, garment.colour_share),
    )


def _result(rank: int, result: Result) -> ResultOut:
    return ResultOut(
        rank=rank,
        relevance=round(result.relevance, 4),
        similarity=None if result.similarity is None else round(result.similarity, 4),
        parts_similarity={name: round(value, 4) for name, value in result.parts.items()},
        wishes={name: round(value, 4) for name, value in result.wishes.items()},
        same_picture=result.same_picture,
        copies=result.copies,
        garment=garment_out(result.garment),
    )
