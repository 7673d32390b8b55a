# Vorleser in one container: docker build -t vorleser . && docker run -p 127.0.0.1:8000:8000 vorleser

FROM python:3.12-slim-bookworm AS build
WORKDIR /build
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY service ./service
COPY static ./static
ENV PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt
RUN python -m venv /opt/vorleser && \
    /opt/vorleser/bin/pip install --no-cache-dir --no-compile . && \
    /opt/vorleser/bin/pip uninstall --yes pip && \
    find /opt/vorleser -type d \( -name tests -o -name __pycache__ \) -prune -exec rm -rf {} +

FROM python:3.12-slim-bookworm
LABEL org.opencontainers.image.title="Vorleser" \
      org.opencontainers.image.description="Reads German articles aloud" \
      org.opencontainers.image.licenses="MIT"
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin vorleser && \
    install -d -o vorleser -g vorleser /data
COPY --from=build /opt/vorleser /opt/vorleser
ENV PATH=/opt/vorleser/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VORLESER_HOST=0.0.0.0 \
    VORLESER_DATA_DIR=/data
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=15s --start-period=20s --retries=3 \
    CMD ["python", "-m", "service.commands.health"]
CMD ["vorleser", "serve"]
