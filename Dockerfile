# attire serve on CPUs: docs/serve.md, "In a container".
# For a cluster of Ray, docs/scale.md: --build-arg EXTRAS=kuberay,redis,openvino
FROM python:3.12-slim AS build
ARG EXTRAS=serve,redis,openvino
WORKDIR /build
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY src src
RUN python -m venv /opt/attire && \
    /opt/attire/bin/pip install --no-cache-dir --disable-pip-version-check -c constraints.txt \
    ".[$EXTRAS]"

FROM python:3.12-slim
COPY --from=build /opt/attire /opt/attire
# A new volume at /catalog takes over who this belongs to.
RUN install -d -o 10001 -g 10001 /catalog
ENV PATH=/opt/attire/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    ATTIRE_CATALOG=/catalog
USER 10001:10001
VOLUME /catalog
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# What follows the image's name in docker run comes behind these.
ENTRYPOINT ["attire", "serve", "--host", "0.0.0.0", "--port", "8000"]
