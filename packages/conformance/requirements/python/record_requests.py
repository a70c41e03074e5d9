"""Runs each method of the published Python client once, unpatched but for its addresses.

Reads the addresses, the tokens and the ids of some rows from stdin. Before each call it
tells the proxy the call's name, so that the proxy knows whose requests follow, and afterwards what the call gave.
"""

import asyncio
import dataclasses
import json
import pathlib
import sys
import tempfile
import urllib.parse
import urllib.request

import flowith_webapi.client as client_module
from flowith_webapi import AspectRatio, ImageModel, VideoModel
from flowith_webapi.client import FlowithClient

ROW = {
    "p_session_id": "session-1",
    "p_current_path": "/conv",
    "p_device_type": "desktop",
    "p_platform": "Linux",
    "p_browser": "Chrome",
    "p_locale": "en",
    "p_subscription_tier": "pro",
    "p_is_idle": False,
}


def plain(value):
    if dataclasses.is_dataclass(value):
        described = {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        for name, member in vars(type(value)).items():
            if isinstance(member, property):
                described[name] = plain(getattr(value, name))
        return {"record": type(value).__name__, "fields": described}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


class Recorder:
    def __init__(self, proxy: str) -> None:
        self.proxy = proxy

    def tell(self, path: str, **query: str) -> None:
        urllib.request.urlopen(f"{self.proxy}/__record/{path}?{urllib.parse.urlencode(query)}").read()

    async def call(self, name: str, work):
        """`work` is awaited, or iterated where it is a stream; what it gives is recorded, or the error's name."""
        self.tell("begin", name=name)
        value = None
        try:
            if hasattr(work, "__aiter__"):
                value = [item async for item in work][-1]
            else:
                value = await work
            given = plain(value)
        except Exception as error:
            given = {"error": type(error).__name__}
        self.tell("end", result=json.dumps(given))
        return value


async def record(given: dict) -> None:
    recorder = Recorder(given["proxy"])
    call = recorder.call
    conv, picture = given["conv_id"], given["picture"]
    media = {"conv_id": conv, "timeout": 30}
    async with FlowithClient(given["token"], refresh_token=given["refresh_token"]) as client:
        # Reads go first: what they give does not depend on what was written.
        await call("FlowithClient.list_conversations", client.list_conversations())
        await call(
            "FlowithClient.list_conversations (all)",
            client.list_conversations(limit=3, offset=1, project_id=given["project_id"]),
        )
        await call("FlowithClient.get_conversation", client.get_conversation(conv))
        await call("FlowithClient.get_flow_nodes", client.get_flow_nodes(given["seeded_conv_id"]))
        await call("FlowithClient.get_cooperators", client.get_cooperators(given["seeded_conv_id"]))
        await call("FlowithClient.list_cooperate_rows", client.list_cooperate_rows())
        await call(
            "FlowithClient.list_cooperate_rows (all)",
            client.list_cooperate_rows(user_id=given["user_id"], conv_id=given["seeded_conv_id"], top_only=False),
        )
        await call("FlowithClient.get_conv_novel_editor", client.get_conv_novel_editor(given["seeded_conv_id"]))
        await call("FlowithClient.list_discuss", client.list_discuss(given["seeded_conv_id"]))
        await call("FlowithClient.get_oracle_stream", client.get_oracle_stream(given["seeded_conv_id"]))

        await call("FlowithClient.get_credits", client.get_credits())
        await call("FlowithClient.get_credit_type", client.get_credit_type())
        await call("FlowithClient.get_user_profile", client.get_user_profile())
        await call("FlowithClient.get_user_profile (all)", client.get_user_profile(given["user_id"]))
        await call("FlowithClient.list_user_upload_records", client.list_user_upload_records())
        await call(
            "FlowithClient.list_user_upload_records (all)",
            client.list_user_upload_records(user_id=given["user_id"], limit=2, offset=1),
        )
        await call("FlowithClient.list_subscription_user_own", client.list_subscription_user_own())
        await call(
            "FlowithClient.list_subscription_user_own (all)",
            client.list_subscription_user_own(at_time="Tue, 24 Nov 2026 09:00:00 GMT"),
        )

        await call("FlowithClient.list_public_notices", client.list_public_notices())
        await call("FlowithClient.list_flow_projects", client.list_flow_projects())
        await call("FlowithClient.get_migration_info", client.get_migration_info())
        await call("FlowithClient.list_models", client.list_models())
        await call("FlowithClient.list_models (all)", client.list_models(logo=False, desc=False))
        await call("FlowithClient.list_templates", client.list_templates())
        await call("FlowithClient.list_templates (all)", client.list_templates(template_type="image", page_size=5))

        await call("FlowithClient.get_daily_rewards_status", client.get_daily_rewards_status())
        await call("FlowithClient.check_campaign", client.check_campaign("gpt-image-2"))
        await call("FlowithClient.check_banana_campaign", client.check_banana_campaign())
        await call("FlowithClient.get_discord_invite", client.get_discord_invite())
        await call("FlowithClient.get_featurebase_status", client.get_featurebase_status())
        await call("FlowithClient.check_new_version_access", client.check_new_version_access())
        await call("FlowithClient.get_enterprise_dashboard", client.get_enterprise_dashboard())
        await call("FlowithClient.upsert_online_session", client.upsert_online_session(ROW))
        await call("FlowithClient.get_online_count", client.get_online_count())
        await call("FlowithClient.remove_online_session", client.remove_online_session("session-1"))

        await call("FlowithClient.rename_conversation", client.rename_conversation(conv, "Kyoto in spring"))
        await call("FlowithClient.delete_conversation", client.delete_conversation(given["doomed_conv_id"]))
        await call("FlowithClient.update_user_profile", client.update_user_profile(language="pl"))
        await call("FlowithClient.claim_daily_reward", client.claim_daily_reward())

        await call("FlowithClient.generate", client.generate("What is the capital of Poland?"))
        await call(
            "FlowithClient.generate (all)",
            client.generate("What is this?", model="gemini-3.1-pro-preview", images=[picture], **media),
        )
        await call("FlowithClient.generate_stream", client.generate_stream("What is the capital of Poland?"))
        await call(
            "FlowithClient.generate_stream (all)",
            client.generate_stream("What is this?", model="gemini-3.1-pro-preview", images=[picture], **media),
        )
        image = await call("FlowithClient.generate_image", client.generate_image("A ripe banana"))
        await call(
            "FlowithClient.generate_image (all)",
            client.generate_image(
                "A ripe banana",
                model=ImageModel.GEMINI_3_PRO_IMAGE,
                aspect_ratio=AspectRatio.LANDSCAPE,
                image_size="1k",
                agent=False,
                **media,
            ),
        )
        video = await call("FlowithClient.generate_video", client.generate_video("A cat on a beach"))
        await call(
            "FlowithClient.generate_video (all)",
            client.generate_video(
                "A cat on a beach",
                model=VideoModel.KLING_IMG,
                image_url=picture,
                aspect_ratio=AspectRatio.PORTRAIT,
                resolution="720p",
                audio=False,
                **media,
            ),
        )
        with tempfile.TemporaryDirectory() as folder:
            await call("GeneratedImage.save", saved(image.image.save(folder, filename="banana.png")))
            await call("VideoOutput.save", saved(video.save(folder, filename="cat.mp4")))
            path = pathlib.Path(folder) / "notes.md"
            path.write_text("# Notes\n")
            await call("FlowithClient.upload_file", client.upload_file(path))
        await call(
            "FlowithClient.upload_file (all)",
            client.upload_file(data=b"<p>Hi</p>", filename="game.html", mime_type="text/html", file_type="html"),
        )
        await call(
            "FlowithClient.generate_title", client.generate_title([{"role": "user", "content": "how do I bake bread?"}])
        )

        # Both end by the first heartbeat after their limit.
        await call("FlowithClient.stream_user_stream", client.stream_user_stream(timeout=0.2))
        await call("FlowithClient.stream_user_sse", client.stream_user_sse(timeout=0.2))

        session = client.start_conversation(model="gpt-4.1-nano")
        await call("ConversationSession.send", session.send("My name is Alice."))
        await call("ConversationSession.send (all)", session.send("What is this?", images=[picture], model="gpt-4.1-nano"))
        await call("ConversationSession.send_stream", session.send_stream("What is my name?"))
        await call(
            "ConversationSession.generate_image",
            session.generate_image("A ripe banana", aspect_ratio="4:3", image_size="1k"),
        )
        await call(
            "ConversationSession.generate_video",
            session.generate_video("A cat on a beach", resolution="720p", audio=False),
        )
        await call("ConversationSession.delete", session.delete())

        await call("FlowithClient.get_oauth_url", ready(client.get_oauth_url()))
        await call(
            "FlowithClient.get_oauth_url (all)",
            ready(
                client.get_oauth_url(
                    provider="github",
                    redirect_to="https://flowith.io/back",
                    access_type="online",
                    prompt="none",
                    include_granted_scopes=True,
                    scopes="email profile",
                )
            ),
        )
        await call("FlowithClient.get_auth_user", client.get_auth_user())
        await call("FlowithClient.refresh_access_token", client.refresh_access_token())
        await call("FlowithClient.logout", client.logout("local"))


async def ready(value):
    return value


async def saved(work):
    return (await work).name


given = json.load(sys.stdin)
client_module.EDGE_URL = given["proxy"]
client_module.SUPABASE_URL = given["proxy"]
asyncio.run(record(given))
