# syntax=docker/dockerfile:1
# One image for every process: the API with the grains in it (the default), and nodes of a cluster.
#   docker build -t actors .
#   docker run -p 8080:8080 -v actors:/data actors                   one machine
#   docker compose up --build --wait                                 a cluster, see docker-compose.yml
ARG DOTNET=10.0

FROM mcr.microsoft.com/dotnet/sdk:${DOTNET} AS build
WORKDIR /source
# Project files first: as long as they stay, the restored packages come from the cache.
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/ApiHost/ApiHost.csproj src/ApiHost/
COPY src/GrainInterfaces/GrainInterfaces.csproj src/GrainInterfaces/
COPY src/Grains/Grains.csproj src/Grains/
COPY src/Hosting/Hosting.csproj src/Hosting/
COPY src/Journal/Journal.csproj src/Journal/
COPY src/Journal.GrainStorage/Journal.GrainStorage.csproj src/Journal.GrainStorage/
COPY src/Silo/Silo.csproj src/Silo/
RUN dotnet restore src/ApiHost --use-current-runtime -p:PublishReadyToRun=true \
 && dotnet restore src/Silo --use-current-runtime -p:PublishReadyToRun=true
COPY src src
# Compiled ahead of time, so that a container is ready sooner.
RUN dotnet publish src/ApiHost -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true --no-restore -o /app/api \
 && dotnet publish src/Silo -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true --no-restore -o /app/silo

FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET} AS final
WORKDIR /app
COPY --from=build /app .
COPY --chmod=0555 deploy/healthcheck.sh /app/healthcheck.sh
# The base image has the user; the journal's directory must be his before a volume is mounted over it.
RUN mkdir /data && chown "$APP_UID" /data
USER $APP_UID
ENV ASPNETCORE_URLS=http://+:8080 \
    Data__Directory=/data
VOLUME /data
EXPOSE 8080
# SIGTERM drains; the runtime gives up after 30 seconds.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 CMD ["/app/healthcheck.sh"]
ENTRYPOINT ["dotnet"]
CMD ["/app/api/Actors.ApiHost.dll"]
