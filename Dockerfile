# One image for everything of ours: the gateway, the processing service, Dask's scheduler and the workers.
FROM python:3.12-slim-bookworm

RUN apt-get update \
    && apt-get install --yes --no-install-recommends make \
    && rm -rf /var/lib/apt/lists/*

# The program and the weights belong to root; who runs it changes neither.
WORKDIR /srv/vitrine
ENV PATH=/srv/vitrine/.venv/bin:$PATH \
    NODE_ENV=production \
    PYTHONUNBUFFERED=1 \
    VITRINE_DATA_DIR=/data \
    VITRINE_MODELS_DIR=/srv/models
COPY . .
RUN make setup frontend/dist/index.html models \
    && python -m compileall -q pyservice \
    # The `node` of the virtualenv is a script that passes no signals on.
    && ln -s "$(python -c 'from pyservice.cli.gateway import node_program; print(node_program())')" /usr/local/bin/node \
    && rm -rf /root/.npm /root/.cache

RUN useradd --create-home --uid 10001 vitrine \
    && install --directory --owner vitrine --mode 700 /data
USER vitrine
CMD ["vitrine", "serve"]
