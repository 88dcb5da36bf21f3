# syntax=docker/dockerfile:1
# One image for both processes. ENGINE=Embedded needs nothing else; ENGINE=Orleans is a node or a client of a cluster.
#   docker build -t actors .                                   one machine, embedded engine
#   docker build -t actors-cluster --build-arg ENGINE=Orleans .   see docker-compose.yml
ARG DOTNET=10.0

FROM mcr.microsoft.com/dotnet/sdk:${DOTNET} AS build
ARG ENGINE=Embedded
WORKDIR /source
# Project files first: as long as they stay, the restored packages come from the cache.
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/ApiHost/ApiHost.csproj src/ApiHost/
COPY src/Embedded/Embedded.csproj src/Embedded/
COPY src/Embedded.Generator/Embedded.Generator.csproj src/Embedded.Generator/
COPY src/GrainInterfaces/GrainInterfaces.csproj src/GrainInterfaces/
COPY src/Grains/Grains.csproj src/Grains/
COPY src/Journal/Journal.csproj src/Journal/
COPY src/Silo/Silo.csproj src/Silo/
RUN dotnet restore src/ApiHost -p:Engine=${ENGINE} && dotnet restore src/Silo -p:Engine=${ENGINE}
COPY src src
RUN dotnet publish src/ApiHost -c Release -p:Engine=${ENGINE} --no-restore -o /app/api \
 && dotnet publish src/Silo -c Release -p:Engine=${ENGINE} --no-restore -o /app/silo

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
