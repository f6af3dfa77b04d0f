# SPDX-License-Identifier: GPL-3.0-or-later
"""An object store that knows one user and checks every signature; its key is in the file `key` of its folder.

Usage: object_store_peer.py BUCKET
"""

import json
import os
import sys

# What is asked before the user exists: the user, its rights, its key, the bucket.
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "4"
os.environ["MOTO_S3_DEFAULT_MAX_KEYS"] = "1000"
for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
    os.environ[name] = "nobody"
os.environ["AWS_DEFAULT_REGION"] = "eu-west-1"

import boto3
from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
url = f"http://127.0.0.1:{port}"
iam = boto3.client("iam", endpoint_url=url)
iam.create_user(UserName="souk")
rights = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
iam.put_user_policy(UserName="souk", PolicyName="all", PolicyDocument=json.dumps(rights))
key = iam.create_access_key(UserName="souk")["AccessKey"]
boto3.client("s3", endpoint_url=url).create_bucket(
    Bucket=sys.argv[1], CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
with open("key", "w") as file:
    file.write(f"{key['AccessKeyId']} {key['SecretAccessKey']}")
print("ready", port, flush=True)
sys.stdin.read()
