"""Makes the PDFs of this folder anew, each by the program that its name begins with.

    python -m tests.pdfs.make

Needs LibreOffice, pdfLaTeX (texlive-latex-recommended, texlive-lang-german), Chromium and
ReportLab; the files are committed, since the first two are too large to install for a test.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image
from reportlab.lib.colors import black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.pdfs.prose import HARBOUR, MOOR

NOTES = ["Nach Angaben der Stadt.", "Siehe dort.", "Stand: Ende März.", "Ohne Tochterfirmen."]
FOLDER = Path(__file__).parent

LATEX_ARTICLE = r"""\documentclass[twocolumn,a4paper]{article}
\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage[ngerman]{babel}
\usepackage{fancyhdr}\pagestyle{fancy}\fancyhead[L]{Onnen: Moore}\fancyhead[R]{Jahrbuch 2024}
\title{Nasse Moore und ihr Nutzen}\author{Geesche Onnen \and Tamme Ulfers}\date{3. März 2024}
\begin{document}\maketitle
\section{Einleitung}
%s\footnote{Die Zahlen stammen aus dem Kirchenbuch von 1908 und wurden geprüft.}

%s
\section{Ergebnisse der Messungen}
%s
\end{document}
"""
LATEX_BOOK = r"""\documentclass[a5paper,openany]{book}
\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage[ngerman]{babel}
\usepackage[pdftitle={Das Moorbuch},pdfauthor={Geesche Onnen}]{hyperref}
\begin{document}
\title{Das Moorbuch}\author{Geesche Onnen}\maketitle\tableofcontents
%s
\end{document}
"""
WEB_PAGE = """<!doctype html><html lang="de"><meta charset="utf-8"><title>Hafen wird saniert</title>
<style>@page{size:A4;margin:22mm}body{font:12pt/1.5 serif}h1{font-size:26pt}</style>
<h1>Hafen wird saniert</h1><p>Von Tamme Ulfers</p>%s<h2>Streit um die Mieten</h2>%s
<ul><li>Die Westseite wird zuerst gebaut.</li><li>Die Ostseite folgt zuletzt.</li></ul>
<blockquote><p>„Wir wurden zu spät gefragt.“</p></blockquote></html>"""
COLUMNS = """<!doctype html><html lang="de"><meta charset="utf-8"><style>
@page { size: A4; margin: 18mm } body { font: 10pt/1.3 serif; text-align: justify; hyphens: auto }
div { columns: 3; column-gap: 5mm } p { margin: 0; text-indent: 1em }
td, th { padding: 2mm } p:first-child { text-indent: 0 }
p:first-child::first-letter { font-size: 32pt; float: left; line-height: .8 }
</style><h1>Der Hafen im Umbruch</h1><div>HARBOUR</div><h2>Zahlen und Fakten</h2>
<table><tr><th>Ort<th>Länge<th>Jahr<tr><td>Husum<td>1,5 km<td>1908<tr><td>Emden<td>2,5 km<td>1912
<tr><td>Büsum<td>0,7 km<td>1930</table><ol><li>Erstens wird die Westseite gebaut, und zwar mit einem
sehr langen Text, der umbrochen werden muss, weil er nicht auf eine Zeile passt.<li>Zweitens die
Ostseite.<li>Drittens die Schleuse.</ol></html>"""
LETTER = """<html><head><meta charset="utf-8"><title>Förderung der Moore</title><style>
@page {{ size: A4; margin: 2cm }} p {{ font-family: 'Liberation Sans'; font-size: 11pt }}
</style></head><body><div title="header">
<p align="right" style="font-size:8pt">Ministerium für Wasser und Boden</p></div>
<p style="font-size:8pt">Ministerium für Wasser und Boden · Postfach 1234 · 12345 Musterstadt</p>
<p>Frau<br>Erika Muster<br>Am Deich 7<br>12345 Musterstadt</p>
<p>Musterstadt, 3. März 2024</p><p><b>Förderung der Wiedervernässung von Mooren</b></p>
<p>Sehr geehrte Frau Muster,</p>{}<p>Mit freundlichen Grüßen</p><p>Im Auftrag<br>Onnen</p>
<div title="footer"><p align="center" style="font-size:8pt">Telefon 030 1234-0 · Fax 030 1234-99</p>
</div></body></html>"""


def paragraphs(texts, tag="p"):
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def run(*command, folder):
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)


def latex(name, source, folder):
    (folder / f"{name}.tex").write_text(source, "utf-8")
    for _ in range(2):  # for the table of contents
        run("pdflatex", "-interaction=batchmode", f"{name}.tex", folder=folder)
    shutil.copy(folder / f"{name}.pdf", FOLDER)


def chromium(name, source, folder):
    (folder / f"{name}.html").write_text(source, "utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    run("chromium", *options, f"--print-to-pdf={name}.pdf", f"{name}.html", folder=folder)
    shutil.copy(folder / f"{name}.pdf", FOLDER)


def libreoffice(name, source, folder):
    (folder / f"{name}.html").write_text(source, "utf-8")
    for kind in ("odt:writer8", "pdf"):
        given = f"{name}.html" if kind != "pdf" else f"{name}.odt"
        where = f"-env:UserInstallation=file://{folder}/profile"
        into = ["--convert-to", kind, "--outdir", str(folder), given]
        filters = ["--infilter=HTML (StarWriter)"] if kind != "pdf" else []
        run("soffice", where, "--headless", *filters, *into, folder=folder)
    shutil.copy(folder / f"{name}.pdf", FOLDER)


class Set:
    """Lines of type on a page, justified in columns, words divided where they are long."""

    def __init__(self, canvas):
        self.canvas = canvas

    def line(self, x, y, text, *, font="Times-Roman", size=10.0, color=black):
        """One line of type, on the baseline y."""
        self.canvas.setFont(font, size)
        self.canvas.setFillColor(color)
        self.canvas.drawString(x, y, text)

    def column(self, x, y, width, text, *, size=10.0, lead=12.0):
        """The text from (x, y) down; the height where it ends."""
        line, words = "", text.split()
        while words:
            word = words.pop(0)
            if stringWidth(f"{line} {word}".strip(), "Times-Roman", size) > width:
                head, rest = divided(line, word, width, size=size)
                self.line(x, y, f"{line} {head}".strip(), size=size)
                y, line, word = y - lead, "", rest
            line = f"{line} {word}".strip()
        self.line(x, y, line, size=size)
        return y - lead


def divided(line, word, width, *, size):
    """A word in two parts, of which the first has room at the end of the line."""
    for end in range(len(word) - 3, 3, -1):
        head = f"{word[:end]}-"
        is_narrow = stringWidth(f"{line} {head}".strip(), "Times-Roman", size) <= width
        if word.isalpha() and word[end] not in "aeiouäöü" and is_narrow:
            return head, word[end:]
    return "", word


def newspaper():
    """Two articles' worth of columns under one headline, with everything that stands around."""
    canvas = Canvas(str(FOLDER / "reportlab-zeitung.pdf"), pagesize=A4, invariant=True)
    page = Set(canvas)
    page.line(40, 815, "Nordpost", font="Times-Bold", size=9)
    page.line(430, 815, "Dienstag, 5. März 2024", size=9)
    page.line(40, 775, "Der Hafen wird saniert", font="Times-Bold", size=30)
    lead = "Die Stadt beschließt den größten Umbau seit hundert Jahren"
    page.line(40, 752, lead, size=14)
    texts, tops = [*HARBOUR, *MOOR], [720, 720]
    for number, x in enumerate((40, 305)):
        y = tops[number]
        for at, text in enumerate(texts[number * 5 : number * 5 + 5]):
            if number and not at:
                page.line(x, y, "Was noch zu tun ist", font="Times-Bold", size=12)
                y -= 20
            y = page.column(x, y, 245, text) - 6
    canvas.saveState()
    canvas.translate(588, 300)
    canvas.rotate(90)
    page.line(0, 0, "Foto: Nordpost-Archiv", size=6)
    canvas.restoreState()
    page.line(40, 60, "Unsichtbarer weißer Text für Suchmaschinen", size=8, color=white)
    page.line(290, 30, "1", size=9)
    canvas.showPage()
    canvas.save()


def scan():
    """A page that is one picture."""
    canvas = Canvas(str(FOLDER / "reportlab-scan.pdf"), pagesize=A4, invariant=True)
    canvas.drawInlineImage(Image.new("L", (60, 80), 200), 30, 30, 500, 780)
    canvas.showPage()
    canvas.save()


def recognised():
    """A page that is one picture, with its text recognised and laid over it unseen."""
    canvas = Canvas(str(FOLDER / "reportlab-erkannt.pdf"), pagesize=A4, invariant=True)
    canvas.rect(30, 30, 500, 780, fill=1)
    text = canvas.beginText(60, 780)
    text.setTextRenderMode(3)
    text.setFont("Times-Roman", 16)
    text.textLine("Das Moor im Winter")
    text.setFont("Times-Roman", 10)
    for line in (" ".join(MOOR[0].split()[at : at + 12]) for at in range(0, 48, 12)):
        text.textLine(line)
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()


def locked():
    """A page behind a password."""
    lock = StandardEncryption("geheim", ownerPassword="noch geheimer")
    canvas = Canvas(str(FOLDER / "reportlab-gesperrt.pdf"), pagesize=A4, encrypt=lock)
    canvas.drawString(100, 700, "Niemand liest das.")
    canvas.showPage()
    canvas.save()


def report():
    """Pages with running heads, page numbers, and paragraphs that go on over their ends."""
    canvas = Canvas(str(FOLDER / "reportlab-bericht.pdf"), pagesize=A4, invariant=True)
    canvas.setTitle("Microsoft Word - bericht_final.docx")
    page = Set(canvas)
    words = " ".join([*HARBOUR, *MOOR]).split()
    for number in range(1, 5):
        page.line(70, 800, "Jahresbericht der Stadtwerke", size=8)
        page.line(480, 800, f"Seite {number} von 4", size=8)
        y = 740.0
        if number == 1:
            page.line(70, y, "Ein gutes Jahr für den Hafen", font="Helvetica-Bold", size=20)
            y -= 40
        part = words[(number - 1) * 120 : number * 120]
        y = page.column(70, y, 440, " ".join(part), size=11, lead=14)
        page.line(70, 72, f"{number} {NOTES[number - 1]}", size=7)
        canvas.showPage()
    canvas.save()


def main():
    """Makes them all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = ("\n\n".join(MOOR), "\n\n".join(HARBOUR), "\n\n".join(MOOR[::-1]))
        latex("latex-aufsatz", LATEX_ARTICLE % text, folder)
        chapters = "\n".join(
            f"\\chapter{{{title}}}\n"
            + "\n\n".join([*texts, *texts])
            + "\n\\section{Nachtrag}\n"
            + texts[0]
            for title, texts in (("Der Torf", MOOR), ("Der Hafen", HARBOUR), ("Das Ende", MOOR[1:]))
        )
        latex("latex-buch", LATEX_BOOK % chapters, folder)
        chromium(
            "chromium-seite", WEB_PAGE % (paragraphs(HARBOUR[:4]), paragraphs(HARBOUR[4:])), folder
        )
        columns = COLUMNS.replace("HARBOUR", paragraphs(HARBOUR))
        chromium("chromium-spalten", columns, folder)
        libreoffice("libreoffice-brief", LETTER.format(paragraphs([*MOOR, *HARBOUR])), folder)
    for make in (newspaper, report, scan, recognised, locked):
        make()


if __name__ == "__main__":
    main()
