import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rotationSource } from '../../../../components/aws/relational/rotation/source';

/** A Secrets Manager and an RDS that remember, as far as the function asks them. The function itself is the real one. */
const fakes = `
import json
from botocore.exceptions import ClientError

class NotFound(Exception):
    pass

class Secrets:
    class exceptions:
        ResourceNotFoundException = NotFound

    def __init__(self):
        self.stored = {}
        self.counter = 0
        self.refusals = 3  # looks until IAM knows what the function may do

    def versions(self, name):
        return self.stored.setdefault(name, {})

    def describe_secret(self, SecretId):
        return {"VersionIdsToStages": {key: list(v["stages"]) for key, v in self.versions(SecretId).items()}}

    def get_secret_value(self, SecretId, VersionStage="AWSCURRENT", VersionId=None):
        if self.refusals:
            self.refusals -= 1
            raise ClientError("AccessDeniedException")
        for key, version in self.versions(SecretId).items():
            if VersionStage in version["stages"] and VersionId in (None, key) and version["value"] is not None:
                return {"SecretString": version["value"], "VersionId": key}
        raise NotFound()

    def put_secret_value(self, SecretId, SecretString, ClientRequestToken=None, VersionStages=("AWSCURRENT",)):
        self.counter += 1
        for stage in VersionStages:
            for version in self.versions(SecretId).values():
                version["stages"].discard(stage)
        self.versions(SecretId)[ClientRequestToken or "v%d" % self.counter] = {"value": SecretString, "stages": set(VersionStages)}

    def update_secret_version_stage(self, SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId=None):
        versions = self.versions(SecretId)
        held = [key for key, v in versions.items() if VersionStage in v["stages"]]
        assert held == ([RemoveFromVersionId] if RemoveFromVersionId else []), "the stage must be taken from who has it"
        for key in held:
            versions[key]["stages"].discard(VersionStage)
        versions[MoveToVersionId]["stages"].add(VersionStage)

    def get_random_password(self, PasswordLength, ExcludePunctuation):
        assert ExcludePunctuation
        self.counter += 1
        return {"RandomPassword": ("pw%d" % self.counter).ljust(PasswordLength, "x")}

class Rds:
    def __init__(self):
        self.password, self.pending, self.looks, self.stuck = "made-by-the-program", None, 0, 0
        self.busy = 2  # looks until the first backup is over

    def modify_db_instance(self, DBInstanceIdentifier, MasterUserPassword, ApplyImmediately):
        assert DBInstanceIdentifier == "shop" and ApplyImmediately
        assert self.busy == 0, "InvalidDBInstanceState"
        self.pending, self.looks = MasterUserPassword, 2

    def modify_db_cluster(self, DBClusterIdentifier, MasterUserPassword, ApplyImmediately):
        self.modify_db_instance(DBClusterIdentifier, MasterUserPassword, ApplyImmediately)

    def state(self):
        if self.busy:
            self.busy -= 1
            return "backing-up", {}
        self.looks -= 1
        if self.pending and self.looks <= 0:
            self.password, self.pending = self.pending, None
        return ("modifying", {"MasterUserPassword": "****"}) if self.pending else ("available", {})

    def describe_db_instances(self, DBInstanceIdentifier):
        status, pending = self.state()
        return {"DBInstances": [{"DBInstanceStatus": status, "PendingModifiedValues": pending}]}

    def describe_db_clusters(self, DBClusterIdentifier):
        status, pending = self.state()
        return {"DBClusters": [{"Status": status, "PendingModifiedValues": pending}]}

clients = {"secretsmanager": Secrets(), "rds": Rds()}

def client(name):
    return clients[name]
`;

/** The one class of botocore that the function names. */
const errors = `
class ClientError(Exception):
    def __init__(self, code):
        self.response = {"Error": {"Code": code}}
`;

const scenario = `
import json, time
time.sleep = lambda seconds: None
import boto3, rotate

secrets, rds = boto3.client("secretsmanager"), boto3.client("rds")
targets = [
    {"secret": "url", "template": "postgres://shop:{password}@host:5432/shop?sslmode=require"},
    {"secret": "login", "template": json.dumps({"username": "shop", "password": "{password}"})},
]
def now():
    return {name: secrets.get_secret_value(name)["SecretString"] for name in ("password", "url", "login")} | {"database": rds.password}
def step(token, name):
    return rotate.handler({"ClientRequestToken": token, "SecretId": "password", "Step": name}, None)
seen = []
assert rotate.handler({"operation": "sync", "targets": targets}, None) == "done"
seen.append(now())
written = secrets.counter
rotate.handler({"operation": "sync", "targets": targets}, None)
assert secrets.counter == written, "a sync that changes nothing must write nothing"
seen.append(now())
secrets.versions("password")["token-1"] = {"value": None, "stages": {"AWSPENDING"}}
for name in ("createSecret", "createSecret", "setSecret", "testSecret", "finishSecret"):
    step("token-1", name)
seen.append(now())
# Broken off after the stage was moved: the step is tried again, and mends what was left.
secrets.put_secret_value("url", "stale")
step("token-1", "finishSecret")
seen.append(now())
refused = []
# What is wrong for another reason, or for good, is told.
for code in ("InvalidRequestException", "AccessDeniedException"):
    def refuse(**rest):
        raise boto3.ClientError(code)
    kept, secrets.get_secret_value = secrets.get_secret_value, refuse
    try:
        rotate.handler({"operation": "sync", "targets": targets}, None)
    except boto3.ClientError as error:
        refused.append(error.response["Error"]["Code"])
    secrets.get_secret_value = kept
for event in ({"ClientRequestToken": "other", "SecretId": "password", "Step": "createSecret"},
              {"ClientRequestToken": "token-1", "SecretId": "somebody-elses", "Step": "createSecret"}):
    try:
        rotate.handler(event, None)
    except ValueError as error:
        refused.append(str(error))
print(json.dumps({"seen": seen, "refused": refused}))
`;

interface Seen {
  password: string;
  url: string;
  login: string;
  database: string;
}

describe.each(['instance', 'cluster'])('the function that rotates the password of an %s', (kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'rotation-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (): { seen: Seen[]; refused: string[] } => {
    writeFileSync(join(folder, 'boto3.py'), fakes);
    mkdirSync(join(folder, 'botocore'), { recursive: true });
    writeFileSync(join(folder, 'botocore', '__init__.py'), '');
    writeFileSync(join(folder, 'botocore', 'exceptions.py'), errors);
    writeFileSync(join(folder, 'rotate.py'), rotationSource);
    writeFileSync(join(folder, 'scenario.py'), scenario);
    const targets = [
      { secret: 'url', template: 'postgres://shop:{password}@host:5432/shop?sslmode=require' },
      { secret: 'login', template: JSON.stringify({ username: 'shop', password: '{password}' }) },
    ];
    const output = execFileSync('python3', ['scenario.py'], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        DATABASE_KIND: kind,
        DATABASE_IDENTIFIER: 'shop',
        PASSWORD_SECRET: 'password',
        PASSWORD_LENGTH: '40',
        TARGETS: JSON.stringify(targets),
      },
    });
    return JSON.parse(output) as { seen: Seen[]; refused: string[] };
  };
  let result: ReturnType<typeof run>;
  beforeAll(() => {
    result = run();
  });

  test('takes the password over at the first call, and leaves it at the second', () => {
    const [first, second] = result.seen;
    expect(first!.database).not.toBe('made-by-the-program');
    expect(second).toEqual(first);
  });

  test('rotates: the database, the password and all that derives from it change together', () => {
    const [, before, after] = result.seen;
    expect(after!.database).not.toBe(before!.database);
  });

  test('every secret holds what the database takes, also after a step was broken off', () => {
    for (const { password, url, login, database } of result.seen) {
      expect(password).toMatch(/^[A-Za-z0-9]{40}$/);
      expect(database).toBe(password);
      expect(url).toBe(`postgres://shop:${password}@host:5432/shop?sslmode=require`);
      expect(JSON.parse(login)).toEqual({ username: 'shop', password });
    }
    expect(result.seen).toHaveLength(4);
  });

  test('waits for a right that was just given, and for nothing else', () => {
    expect(result.refused.slice(0, 2)).toEqual(['InvalidRequestException', 'AccessDeniedException']);
  });

  test('refuses a version that is not its own, and another secret', () => {
    expect(result.refused.slice(2)).toHaveLength(2);
  });
});
