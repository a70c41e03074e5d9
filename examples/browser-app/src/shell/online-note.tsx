import { useEffect, useEffectEvent, useSyncExternalStore } from "react";

/** Says that there is no connection, and that there is one again. */
export function OnlineNote({ onBack }: { onBack: () => void }) {
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  const back = useEffectEvent(onBack);
  useEffect(() => {
    const tell = () => back();
    addEventListener("online", tell);
    return () => removeEventListener("online", tell);
  }, []);
  return (
    <div role="status" className="online-note">
      {!isOnline && (
        <p>You are offline. What is written so far stays, and the page goes on by itself when you are back.</p>
      )}
    </div>
  );
}

function subscribe(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}
