import Link from "next/link";
import type { ReactNode } from "react";
import "./style.css";

export const metadata = { title: "Ask Flowith" };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <nav aria-label="Pages">
          <Link href="/">Ask</Link> <Link href="/assistant">Assistant</Link>
        </nav>
        {children}
      </body>
    </html>
  );
}
