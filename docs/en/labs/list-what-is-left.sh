#!/bin/bash
# Lists what stands in one Region of your account, a line for each: first what is billed, then what
# is free but yours. It only reads: every command below is a describe, a get or a list.
#
#   AWS_REGION=us-east-1 bash list-what-is-left.sh
#
# Run it before a lab and after its clean-up, and compare. Needs the AWS CLI and nothing else.

export AWS_PAGER="" AWS_DEFAULT_REGION="${AWS_REGION:-${AWS_DEFAULT_REGION:-us-east-1}}"
failures=$(mktemp)
trap 'rm -f "$failures"' EXIT

# show KIND WORDS-FOR-AWS...: a line for each name that the command prints.
show() {
  local kind=$1 names
  shift
  names=$(aws "$@" --output text) || echo "$kind" >>"$failures"
  tr '\t' '\n' <<<"$names" | sed -e '/^$/d' -e '/^None$/d' -e "s|^|$kind: |"
}

names() {
  aws "$@" --output text | tr '\t' '\n' | sed -e '/^$/d' -e '/^None$/d'
}

billed() {
  show "instance" ec2 describe-instances \
    --filters Name=instance-state-name,Values=pending,running,stopping,stopped \
    --query 'Reservations[].Instances[].InstanceId' &
  show "volume" ec2 describe-volumes --query 'Volumes[].VolumeId' &
  show "NAT gateway" ec2 describe-nat-gateways --filter Name=state,Values=pending,available \
    --query 'NatGateways[].NatGatewayId' &
  show "Elastic IP address" ec2 describe-addresses --query 'Addresses[].AllocationId' &
  show "VPC endpoint" ec2 describe-vpc-endpoints \
    --query 'VpcEndpoints[?VpcEndpointType==`Interface`].VpcEndpointId' &
  wait
  show "Auto Scaling group" autoscaling describe-auto-scaling-groups \
    --query 'AutoScalingGroups[].AutoScalingGroupName' &
  show "load balancer" elbv2 describe-load-balancers \
    --query 'LoadBalancers[].LoadBalancerName' &
  show "file system" efs describe-file-systems --query 'FileSystems[].FileSystemId' &
  show "repository" ecr describe-repositories --query 'repositories[].repositoryName' &
  show "secret" secretsmanager list-secrets --query 'SecretList[].Name' &
  show "log group" logs describe-log-groups --query 'logGroups[].logGroupName' &
  show "alarm" cloudwatch describe-alarms --query 'MetricAlarms[].AlarmName' &
  show "App Runner service" apprunner list-services --query 'ServiceSummaryList[].ServiceName' &
  wait
  # These start what is billed.
  show "schedule" scheduler list-schedules --query 'Schedules[].Name' &
  show "rule" events list-rules --query 'Rules[].Name' &
  wait
  local cluster
  for cluster in $(names ecs list-clusters --query 'clusterArns[]'); do
    show "ECS service" ecs list-services --cluster "$cluster" --query 'serviceArns[]' &
    show "ECS task" ecs list-tasks --cluster "$cluster" --query 'taskArns[]' &
    wait
  done
  for cluster in $(names eks list-clusters --query 'clusters[]'); do
    echo "EKS cluster: $cluster"
    show "node group" eks list-nodegroups --cluster-name "$cluster" --query 'nodegroups[]' &
    show "Fargate profile" eks list-fargate-profiles --cluster-name "$cluster" \
      --query 'fargateProfileNames[]' &
    wait
  done
}

free() {
  # All accounts have the roles below /aws-service-role/; AWS makes them.
  show "role" iam list-roles \
    --query 'Roles[?!starts_with(Path, `/aws-service-role/`)].RoleName' &
  show "instance profile" iam list-instance-profiles \
    --query 'InstanceProfiles[].InstanceProfileName' &
  show "policy" iam list-policies --scope Local --query 'Policies[].PolicyName' &
  show "security group" ec2 describe-security-groups \
    --query 'SecurityGroups[?GroupName!=`default`].GroupName' &
  show "launch template" ec2 describe-launch-templates \
    --query 'LaunchTemplates[].LaunchTemplateName' &
  show "target group" elbv2 describe-target-groups --query 'TargetGroups[].TargetGroupName' &
  wait
  show "ECS cluster" ecs list-clusters --query 'clusterArns[]' &
  show "task definition" ecs list-task-definitions --query 'taskDefinitionArns[]' &
  show "task definition, inactive" ecs list-task-definitions --status INACTIVE \
    --query 'taskDefinitionArns[]' &
  show "capacity provider" ecs describe-capacity-providers \
    --query 'capacityProviders[?autoScalingGroupProvider].name' &
  show "scalable target" application-autoscaling describe-scalable-targets \
    --service-namespace ecs --query 'ScalableTargets[].ResourceId' &
  show "schedule group" scheduler list-schedule-groups \
    --query 'ScheduleGroups[?Name!=`default`].Name' &
  show "stack" cloudformation list-stacks \
    --query 'StackSummaries[?StackStatus!=`DELETE_COMPLETE`].StackName' &
  wait
}

billed
free
if [ -s "$failures" ]; then
  echo "Could not be listed: $(sort -u "$failures" | tr '\n' ' ')" >&2
  exit 1
fi
