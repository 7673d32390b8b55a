"""A file served by Starlette's FileResponse, to compare with: FILE PORT."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import Route


async def _file(_request):
    return FileResponse(sys.argv[1], media_type="audio/mpeg")


if __name__ == "__main__":
    app = Starlette(routes=[Route("/", _file)])
    uvicorn.run(app, port=int(sys.argv[2]), access_log=False, log_level="error")
