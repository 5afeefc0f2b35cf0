# The service in a container. Build: docker build -t metier .   Run: see compose.yaml
FROM python:3.11-slim

# Dependencies first: they change less often than the code.
WORKDIR /app
COPY pyproject.toml constraints.txt README.md LICENSE NOTICE ./
COPY src ./src
RUN pip install --no-cache-dir -c constraints.txt '.[serve]'

# Nobody in particular, who owns nothing but the catalog.
RUN useradd --create-home metier && mkdir /catalog && chown metier /catalog
USER metier
VOLUME /catalog
ENV METIER_CATALOG=/catalog
EXPOSE 8000

HEALTHCHECK --start-period=30s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz')"]

# Any address but this machine's own needs a key: docker compose run --rm metier metier keys create me --scope admin
CMD ["metier", "serve", "--host", "0.0.0.0", "--port", "8000", "--workers", "2"]
