"""What an archive says first, to whoever opens it: what it is, that it is not for publication, how to check it."""

from __future__ import annotations

from lagesbild.files import sha256
from lagesbild.provenance.manifest import NAME as MANIFEST
from lagesbild.provenance.material import Material

_TEXT = """\
LÄS MIG FÖRST{synthetic}

Det här är arkivet för utgåvan {name}, version {version}.

ARKIVET FÅR INTE PUBLICERAS. Det innehåller råfilerna, och i dem finns uppgifter som är undantagna från utgåvan för att
skydda enskilda. Den publicerade utgåvan är mappen _release/{name}. Bara den får spridas.

Vad som finns här
  {raw:<24}råfilerna, {n_raw} stycken, som de var när utgåvan gjordes
  {code:<24}koden, beräkningarna och dokumenten som utgåvan gjordes med
  {lock:<24}låsfilen: alla program med version och kontrollsumma
  {release:<24}hela utgåvan, {n_products} filer
  {previous}
Så kontrollerar du
  1. Packa upp arkivet på en dator som har Python {python}, make och git.
  2. Läs granskningsguiden i _release/{name}/granskning/granskningsguide.pdf.
  3. make verify{at}
     kontrollerar utan att bygga: är varje fil den som manifestet säger?
  4. make reproduce{at}
     bygger hela utgåvan på nytt i en tom mapp och jämför varje fil.
     make reproduce{at} FIGURE=<spårkod> gör samma sak för en enda figur eller tabell.

Manifestet har kontrollsumman (SHA-256)
  {digest}
Jämför den med den som utgivaren har uppgett på annat håll. Är den en annan, så är arkivet ändrat.
"""


def read_me(material: Material) -> str:
    """Return the first text of an archive, in Swedish."""
    manifest = material.manifest
    layout = material.layout(material.root)
    demo = layout.synthetic
    return _TEXT.format(
        name=material.name,
        version=manifest["version"],
        synthetic="\n\nSyntetiska data: alla uppgifter är påhittade." if demo else "",
        raw="_work/demo/raw/" if demo else "indata/",
        code="src/, analysis/, ...",
        lock="requirements.lock",
        release=f"_release/{material.name}/",
        previous=f"{'foregaende/':<24}det som jämfördes i utgåvan före\n" if material.previous is not None else "",
        n_raw=len(material.raw_files),
        n_products=len(manifest["products"]),
        python=manifest.get("environment", {}).get("python", "3.11"),
        at="" if demo else f" SOURCE={layout.source} YEAR={layout.year} DATA=indata",
        digest=sha256(layout.release / MANIFEST),
    )
