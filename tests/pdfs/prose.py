"""German prose of our own, for documents of every kind."""

HARBOUR = [
    "Der alte Fischereihafen wird vom kommenden Frühjahr an saniert. Die Kaimauern aus dem Jahr "
    "1908 sind an vielen Stellen unterspült, und bei Sturmflut dringt Wasser in die Keller der "
    "angrenzenden Häuser. Der Stadtrat hat am Dienstag mit großer Mehrheit beschlossen, den Auftrag "
    "noch in diesem Jahr zu vergeben.",
    "Die Kosten werden auf 27 Millionen Euro geschätzt. Davon trägt das Land die Hälfte, den Rest "
    "teilen sich Stadt und Hafengesellschaft. Bürgermeisterin Geesche Onnen sprach von einer "
    "Entscheidung für die nächsten hundert Jahre.",
    "Nicht alle sind zufrieden. Die Krabbenfischer fürchten, dass sie während der Bauarbeiten keinen "
    "Liegeplatz finden. Ihr Sprecher Tamme Ulfers sagte, die Stadt habe mit den Betroffenen zu spät "
    "geredet und ihnen bisher keine Ausweichplätze angeboten.",
    "Gebaut wird in drei Abschnitten, damit wenigstens ein Teil der Kutter im Hafen bleiben kann. "
    "Zuerst wird die Westseite erneuert, danach die Schleuse und zuletzt die Ostseite mit dem "
    "Fischmarkt. Wenn alles nach Plan läuft, ist der Hafen in vier Jahren fertig.",
    "Auf der Westseite entsteht außerdem eine Promenade mit Bänken und Bäumen. Dort, wo heute noch "
    "Lagerhallen stehen, sollen Wohnungen gebaut werden. Über die Höhe der Mieten wird allerdings "
    "noch gestritten, denn der Boden gehört der Hafengesellschaft und nicht der Stadt.",
    "Die Denkmalpflege hat Auflagen gemacht: Der Leuchtturm, die beiden Kräne und das Zollhaus "
    "bleiben stehen. Auch das Pflaster aus Granit wird Stein für Stein aufgenommen, nummeriert und "
    "später wieder verlegt, so wie es die Verwaltungsvorschrift verlangt.",
    "Im Winter ruhen die Arbeiten. Dann liegen die Boote dicht an dicht, und auf der Mole stehen nur "
    "noch die Angler. Wer um diese Zeit kommt, hört das Knarren der Taue und den Wind in den Masten, "
    "sonst nichts.",
]
MOOR = [
    "Das Moor liegt still, und der Wind geht über das Gras und die Gräben. Vor hundert Jahren wurde "
    "hier Torf gestochen, den die Leute im Winter verheizten oder in die Stadt verkauften. Heute "
    "kommen die Kraniche, und die Gräben werden Stück für Stück wieder geschlossen.",
    "Ein nasses Moor speichert mehr Kohlenstoff als ein Wald von derselben Größe. Wird es entwässert, "
    "zersetzt sich der Torf, und was in Jahrtausenden gebunden wurde, entweicht in wenigen "
    "Jahrzehnten. Deshalb fördert der Bund die Wiedervernässung mit erheblichen Mitteln.",
    "Für die Landwirte ist das eine schwierige Umstellung. Auf nassen Wiesen kann kein Trecker fahren, "
    "und Kühe versinken bis zum Bauch. Einige bauen nun Schilf und Rohrkolben an, aus denen sich "
    "Dämmplatten und Dachplatten herstellen lassen.",
    "Die Messungen der Universität zeigen, dass sich die Mühe lohnt. Schon im zweiten Jahr nach dem "
    "Schließen der Gräben gingen die Emissionen um die Hälfte zurück. Die Zahl der Vogelarten stieg "
    "im selben Zeitraum von vierzehn auf dreiundzwanzig.",
]
