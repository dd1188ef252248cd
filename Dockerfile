# Builds the static file and nothing else: docker build -t listenerd .
#
# Your own image then needs one line:
#
#     COPY --from=listenerd /listenerd /usr/local/bin/
FROM swift:6.3-bookworm AS builder
RUN apt-get -qq update && apt-get -qq install --no-install-recommends make
WORKDIR /src
COPY . .
RUN make static

FROM scratch
COPY --from=builder /src/.build/static/listenerd /listenerd
ENTRYPOINT ["/listenerd"]
