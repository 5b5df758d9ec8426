/**
 * The program that owns the password of a database: the four steps of Secrets Manager's rotation, and `sync`, which the
 * stack asks for when an address has changed. It knows RDS and Secrets Manager alone and never connects to the
 * database, so it needs no driver, no network of its own and nothing but what Lambda's Python brings along.
 */
export const rotationSource = `"""Rotates the master password of an RDS instance or an Aurora cluster."""
import json
import os
import time

import boto3
from botocore.exceptions import ClientError

secrets = boto3.client("secretsmanager")
rds = boto3.client("rds")

KIND = os.environ["DATABASE_KIND"]
IDENTIFIER = os.environ["DATABASE_IDENTIFIER"]
PASSWORD_SECRET = os.environ["PASSWORD_SECRET"]
LENGTH = int(os.environ["PASSWORD_LENGTH"])
WAIT_SECONDS = 10
# IAM takes some seconds to know of a right that was just given, now and then a minute.
TRIES = 12


def handler(event, context):
    """Secrets Manager calls with a Step; the stack with an operation."""
    if event.get("operation") == "sync":
        once_allowed(lambda: sync(event["targets"]))
        return "done"
    token, step = event["ClientRequestToken"], event["Step"]
    versions = secrets.describe_secret(SecretId=PASSWORD_SECRET)["VersionIdsToStages"]
    if event["SecretId"] != PASSWORD_SECRET or token not in versions:
        raise ValueError("not a version of the secret that this function rotates")
    if "AWSCURRENT" not in versions[token]:
        steps = {"createSecret": create, "setSecret": set_password, "testSecret": test, "finishSecret": finish}
        steps[step](token, versions)
    elif step == "finishSecret":
        write_targets(read("AWSCURRENT"))
    return "done"


def once_allowed(act):
    for _ in range(TRIES):
        try:
            return act()
        except ClientError as error:
            if not error.response["Error"]["Code"].startswith("AccessDenied"):
                raise
            time.sleep(WAIT_SECONDS)
    return act()


def create(token, versions):
    try:
        secrets.get_secret_value(SecretId=PASSWORD_SECRET, VersionId=token, VersionStage="AWSPENDING")
    except secrets.exceptions.ResourceNotFoundException:
        secrets.put_secret_value(
            SecretId=PASSWORD_SECRET, ClientRequestToken=token, SecretString=generate(), VersionStages=["AWSPENDING"]
        )


def set_password(token, versions):
    modify(read("AWSPENDING", token))


def test(token, versions):
    """RDS has taken the password over: nothing is pending, and the database answers its control plane."""
    wait()


def finish(token, versions):
    current = next((version for version, stages in versions.items() if "AWSCURRENT" in stages), None)
    moved = {"RemoveFromVersionId": current} if current else {}
    secrets.update_secret_version_stage(
        SecretId=PASSWORD_SECRET, VersionStage="AWSCURRENT", MoveToVersionId=token, **moved
    )
    write_targets(read("AWSCURRENT"))


def sync(targets):
    """Writes what is derived from the password; makes the first password where there is none."""
    try:
        password = read("AWSCURRENT")
    except secrets.exceptions.ResourceNotFoundException:
        password = generate()
        modify(password)
        wait()
        secrets.put_secret_value(SecretId=PASSWORD_SECRET, SecretString=password)
    write_targets(password, targets)


def write_targets(password, targets=None):
    for target in targets if targets is not None else json.loads(os.environ["TARGETS"]):
        value = target["template"].replace("{password}", password)
        # A new version starts services again, so the same value makes none.
        if stored(target["secret"]) != value:
            secrets.put_secret_value(SecretId=target["secret"], SecretString=value)


def stored(secret):
    try:
        return secrets.get_secret_value(SecretId=secret)["SecretString"]
    except secrets.exceptions.ResourceNotFoundException:
        return None


def read(stage, version=None):
    chosen = {"VersionId": version} if version else {}
    return secrets.get_secret_value(SecretId=PASSWORD_SECRET, VersionStage=stage, **chosen)["SecretString"]


def generate():
    # Letters and digits alone need no escaping in a URL.
    return secrets.get_random_password(PasswordLength=LENGTH, ExcludePunctuation=True)["RandomPassword"]


def modify(password):
    # RDS refuses a change while another one, or a backup, is under way.
    wait()
    if KIND == "cluster":
        rds.modify_db_cluster(DBClusterIdentifier=IDENTIFIER, MasterUserPassword=password, ApplyImmediately=True)
    else:
        rds.modify_db_instance(DBInstanceIdentifier=IDENTIFIER, MasterUserPassword=password, ApplyImmediately=True)
    # RDS shows the change as pending only a moment later.
    time.sleep(WAIT_SECONDS)
    wait()


def describe():
    if KIND == "cluster":
        return rds.describe_db_clusters(DBClusterIdentifier=IDENTIFIER)["DBClusters"][0]
    found = rds.describe_db_instances(DBInstanceIdentifier=IDENTIFIER)["DBInstances"][0]
    return {"Status": found["DBInstanceStatus"], "PendingModifiedValues": found.get("PendingModifiedValues")}


def wait():
    """Until nothing is under way. Lambda ends it where it takes too long, and Secrets Manager tries the step again."""
    while True:
        found = describe()
        if found["Status"] in ("available", "storage-optimization") and "MasterUserPassword" not in (found.get("PendingModifiedValues") or {}):
            return
        time.sleep(WAIT_SECONDS)
`;
