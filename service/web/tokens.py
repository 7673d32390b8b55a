"""Tokens: who may read a private library, one for each listener or place."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from service.domain import Token
from service.web import models
from service.web.access import MayWrite
from service.web.bodies import json_body, read_json
from service.web.parts import TokensDep, readable
from service.web.problems import fault

router = APIRouter(prefix="/api/tokens", tags=["tokens"])

TokenId = Annotated[str, Path(description="The id of a token, as its list has it.")]


def _printable(name: str) -> str:
    if not name.strip() or not name.isprintable():
        raise fault("token-name")
    return name.strip()


class NewToken(BaseModel):
    """Whom or what it is for."""

    model_config = ConfigDict(
        extra="forbid", strict=True, json_schema_extra={"examples": [{"name": "Omas Radio"}]}
    )

    name: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_printable)]


@readable(router, "", response_model=models.TokenList)
async def list_tokens(tokens: TokensDep, _: MayWrite) -> JSONResponse:
    """All tokens, the oldest first; their secrets are known to nobody."""
    return JSONResponse({"tokens": [_public(token) for token in await tokens.tokens()]})


@router.post(
    "", status_code=201, response_model=models.MadeToken, openapi_extra=json_body(NewToken)
)
async def add_token(request: Request, tokens: TokensDep, _: MayWrite) -> JSONResponse:
    """A new token; its secret, `token`, is told this once."""
    wanted = await read_json(request, NewToken)
    token, secret = await tokens.add(wanted.name)
    headers = {"Cache-Control": "no-store"}
    return JSONResponse(_public(token) | {"token": secret}, 201, headers)


@router.delete("/{token_id}", status_code=204)
async def revoke_token(token_id: TokenId, tokens: TokensDep, _: MayWrite) -> Response:
    """Ends it, from the next request on."""
    await tokens.revoke(token_id)
    return Response(status_code=204)


def _public(token: Token) -> dict[str, object]:
    created_at = token.created_at.isoformat(timespec="seconds").replace("+00:00", "Z")
    return {"id": token.id, "name": token.name, "created_at": created_at}
