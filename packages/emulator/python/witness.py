"""The published Python client, unpatched but for its two addresses, against an emulator.

Reads {"edge_url", "supabase_url", "token", "refresh_token"} from stdin and writes what it saw as one JSON object.
"""

import asyncio
import json
import sys
import urllib.request

import flowith_webapi.client as client_module
from flowith_webapi.client import FlowithClient


def fetch(url: str) -> bytes:
    with urllib.request.urlopen(url) as response:
        return response.read()


async def witness(token: str, refresh_token: str) -> dict:
    seen: dict = {}
    async with FlowithClient(token, refresh_token=refresh_token) as client:
        whole = await client.generate("What is the capital of Poland?")
        seen["generate"] = {"text": whole.text, "reasoning": whole.reasoning}

        chunks = [chunk async for chunk in client.generate_stream("Write a haiku", model="gemini-3.1-pro-preview")]
        seen["stream"] = {
            "chunks": len(chunks),
            "joined": "".join(chunk.text_delta for chunk in chunks).strip(),
            "text": chunks[-1].text,
            "reasoning": chunks[-1].reasoning,
        }

        picture = await client.generate_image("A ripe banana on marble")
        seen["image"] = {"count": len(picture.images), "head": fetch(picture.images[0].url)[:8].hex()}

        video = await client.generate_video("A cat on a beach")
        seen["video"] = {"head": fetch(video.video_url)[4:8].decode()}

        seen["title"] = await client.generate_title([{"role": "user", "content": "how do I bake bread at home?"}])

        stored = await client.upload_file(data=b"Hello from Python", filename="hello.txt", mime_type="text/plain")
        seen["upload"] = {"type": stored.file_type, "content": fetch(stored.url).decode()}
        about = await client.generate(f"Read [[file:txt|hello.txt|{stored.url}]]")
        seen["about_upload"] = about.text

        seen["models"] = {model.model_id: model.media for model in await client.list_models()}
        seen["credits"] = [[grant.sub_type, grant.remain_quota, grant.init_quota] for grant in await client.get_credits()]
        seen["credit_type"] = await client.get_credit_type()
        seen["templates"] = [template.template_type for template in await client.list_templates()]

        conversations = await client.list_conversations()
        seen["conversations"] = len(conversations)
        nodes = await client.get_flow_nodes(whole.conv_id)
        seen["nodes"] = [[node.node_type, node.data.get("value")] for node in nodes]

        session = client.start_conversation()
        await session.send("My name is Alice.")
        seen["session"] = (await session.send("What is my name?")).text

        seen["uploads"] = [[record.name, record.file_type] for record in await client.list_user_upload_records()]
        seen["subscriptions"] = [own.subscription_type for own in await client.list_subscription_user_own()]
        seen["cooperation"] = await client.list_cooperate_rows()
        seen["profile"] = (await client.update_user_profile(language="pl")).language
        await client.upsert_online_session({"p_session_id": "witness", "p_is_idle": False})
        seen["online"] = await client.get_online_count()
        seen["migration"] = (await client.get_migration_info()).version
        seen["rewards"] = [
            (await client.get_daily_rewards_status())["can_claim"],
            (await client.claim_daily_reward())["success"],
            (await client.get_daily_rewards_status())["can_claim"],
        ]
        seen["campaign"] = (await client.check_campaign("gpt-image-2"))["effective"]
        seen["auth_user"] = (await client.get_auth_user())["email"]
        refreshed = await client.refresh_access_token()
        seen["refreshed"] = refreshed["access_token"] != token and client.get_refresh_token() != refresh_token
        await client.delete_conversation(whole.conv_id)
        seen["after_delete"] = len(await client.list_conversations())
    return seen


def main() -> None:
    given = json.load(sys.stdin)
    client_module.EDGE_URL = given["edge_url"]
    client_module.SUPABASE_URL = given["supabase_url"]
    print(json.dumps(asyncio.run(witness(given["token"], given["refresh_token"]))))


main()
