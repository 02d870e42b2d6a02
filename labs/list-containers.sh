#!/bin/bash
# Lists the containers and the named images of this machine, a line for each. It only reads.
docker ps --all --format "container: {{.Names}}" &&
  docker image ls --filter dangling=false --format "image: {{.Repository}}:{{.Tag}}"
