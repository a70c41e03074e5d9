"""The published Python client, unpatched but for its two addresses: one generate_stream for each job.

It opens an event stream of its own for every job, after the post, so that the start waits for all of these streams.
"""

import asyncio
import json
import resource
import sys
import time
import uuid

import aiohttp
import flowith_webapi.client as client_module
from flowith_webapi.client import FlowithClient

# Its pool has 100 connections, and every job keeps one for its stream: what is posted by then is started without it.
POOL = 100
PATIENCE_MS = 3_000
LIMIT_SECONDS = 20


def cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def main(task: dict, token: str) -> dict:
    client_module.EDGE_URL = task["url"]
    client_module.SUPABASE_URL = task["url"]
    jobs, events = task["jobs"], task["events"]

    async def call(control: aiohttp.ClientSession, path: str, **query: object) -> dict:
        async with control.get(task["controlUrl"] + path, params=query) as response:
            return json.loads(await response.text())

    async def consume(client: FlowithClient) -> int:
        length = 0
        async for chunk in client.generate_stream("hold", timeout=LIMIT_SECONDS):
            length += len(chunk.text_delta)
        return length

    seconds = cpu = finished = 0.0
    async with aiohttp.ClientSession() as control, FlowithClient(token) as client:
        plan = {"events": events, "bytes": task["bytes"], "noResult": ""}
        for number in range(task["warmups"] + task["passes"]):
            running = [asyncio.create_task(consume(client)) for _ in range(jobs)]
            patience = 60_000 if jobs < POOL else PATIENCE_MS
            await call(control, "/ready", jobs=jobs, streams=min(jobs, POOL), patienceMs=patience, **plan)
            await asyncio.sleep(0.02)
            started, started_cpu = time.perf_counter(), cpu_seconds()
            await call(control, "/start", **plan, **({"late": ""} if jobs >= POOL else {}))
            done, pending = await asyncio.wait(running, timeout=LIMIT_SECONDS)
            for job in pending:
                job.cancel()
            lengths = [job.result() for job in done if job.exception() is None]
            if number >= task["warmups"]:
                seconds += time.perf_counter() - started
                cpu += cpu_seconds() - started_cpu
                finished += sum(1 for length in lengths if length > 0 and length % events == 0)
    received = finished * events
    return {
        "eventsPerSecond": received / seconds,
        "megabytesPerSecond": received * task["bytes"] / seconds / 1e6,
        "cpuMicrosecondsPerEvent": cpu * 1e6 / received if received else 0,
        "finished": finished / task["passes"],
        "seconds": seconds,
    }


def token() -> str:
    import base64

    claims = json.dumps({"sub": str(uuid.uuid4()), "exp": 4_000_000_000}).encode()
    return f"eyJhbGciOiJIUzI1NiJ9.{base64.urlsafe_b64encode(claims).decode().rstrip('=')}.c2ln"


result = asyncio.run(main(json.loads(sys.argv[1]), token()))
print(f"\n{json.dumps(result)}")
