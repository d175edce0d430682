"""A Word document that holds a little of everything that Word writes, and other ways to write it.

Content controls of each kind and level, fields in fields, form fields, formulas, phonetic guides,
smart tags, tracked changes and moves, comments, notes, text boxes, pictures, charts, SmartArt,
embedded objects, watermarks, sections, lists, macros, bound data, building blocks.
"""

# ruff: noqa: E501 - markup stands on a line

import re
from collections.abc import Callable
from itertools import count

from lxml import etree

from tests.support.packages import read_parts, write_package
from tests.values.pictures import png

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MS = "http://schemas.microsoft.com/office"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
NAMESPACES = {
    "w": _W,
    "r": _R,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "wp": f"{_DRAWING}/wordprocessingDrawing",
    "a": f"{_DRAWING}/main",
    "pic": f"{_DRAWING}/picture",
    "c": f"{_DRAWING}/chart",
    "dgm": f"{_DRAWING}/diagram",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": f"{_MS}/word/2010/wordml",
    "w15": f"{_MS}/word/2012/wordml",
    "w16cid": f"{_MS}/word/2016/wordml/cid",
    "wp14": f"{_MS}/word/2010/wordprocessingDrawing",
    "wps": f"{_MS}/word/2010/wordprocessingShape",
    "dsp": f"{_MS}/drawing/2008/diagram",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DRAWN = "application/vnd.openxmlformats-officedocument.drawingml."
_WHO = 'w:author="审核" w:date="2019-01-01T00:00:00Z"'
MAIN = f"{_WORD}document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def _p(*runs: str, properties: str = "") -> str:
    head = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p w14:paraId="?hex" w14:textId="77777777" w:rsidR="00AA00AA">{head}{"".join(runs)}</w:p>'


def _r(text: str, properties: str = "") -> str:
    head = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r w:rsidRPr="00BB00BB">{head}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _sdt(content: str, kind: str = "") -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="t?id"/><w:id w:val="?id"/>{kind}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def _tc(*content: str, properties: str = '<w:tcW w:w="2000" w:type="dxa"/>') -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(content)}</w:tc>"


def _tr(*cells: str, properties: str = "") -> str:
    head = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f'<w:tr w:rsidR="00CC00CC" w14:paraId="?hex" w14:textId="77777777">{head}{"".join(cells)}</w:tr>'


def _tbl(*rows: str, columns: int = 3) -> str:
    grid = '<w:gridCol w:w="2000"/>' * columns
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'


def _mark(kind: str, inner: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def _field(code: str, result: str, data: str = "") -> str:
    instr = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    return _mark("begin", data) + instr + _mark("separate") + result + _mark("end")


def _bookmark(name: str, inner: str) -> str:
    return f'<w:bookmarkStart w:id="?mark" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="?same"/>'


CONTROLS = (
    _sdt(_p(_r("块级控件"))),
    _p(_r("前"), _sdt(_r("行内控件"), "<w:text/>"), _r("后")),
    _tbl(
        _tr(_tc(_p(_r("表头一"))), _tc(_p(_r("表头二"))), _tc(_p(_r("表头三"))), properties="<w:cantSplit/><w:tblHeader/>"),
        _sdt(_tr(_tc(_p(_r("控件里的行"))), _tc(_p(_r("乙"))), _tc(_p(_r("丙")))), "<w15:repeatingSectionItem/>"),
        _tr(_sdt(_tc(_p(_r("控件里的格"))), "<w:text/>"), _tc(_p(_r("宽格")), properties='<w:tcW w:w="4000" w:type="dxa"/><w:gridSpan w:val="2"/>')),
        _tr(_tc(_p(_r("合并")), properties='<w:tcW w:w="2000" w:type="dxa"/><w:vMerge w:val="restart"/>'), _tc(_p(_r("表中表")), _tbl(_tr(_tc(_p(_r("内一"))), _tc(_p(_r("内二")))), columns=2), _p()), _tc(_p(_r("丁")))),
        _tr(_tc(_p(), properties='<w:tcW w:w="2000" w:type="dxa"/><w:vMerge/>'), _tc(_p(_r("戊"))), _tc(_p(_r("己")))),
    ),
    _p(_bookmark("_Toc1", _r("概述")), properties='<w:outlineLvl w:val="0"/>'),
)  # fmt: skip
FIELDS = (
    _p(_r("见"), _field(" REF _Toc1 \\h ", _r("概述")), '<w:fldSimple w:instr=" PAGEREF _Toc1 \\h ">' + _r("一") + "</w:fldSimple>"),
    _p(_mark("begin"), '<w:r><w:instrText xml:space="preserve"> IF </w:instrText></w:r>', _field(" MERGEFIELD sex ", _r("«sex»")), '<w:r><w:instrText xml:space="preserve"> = "m" "Mr" "Ms" </w:instrText></w:r>', _mark("separate"), _r("先生"), _mark("end"), _r("台鉴")),
    _p(_bookmark("Text1", _field(" FORMTEXT ", _r("填写处", "<w:noProof/>"), '<w:ffData><w:name w:val="Text1"/><w:enabled/><w:calcOnExit w:val="0"/><w:textInput/></w:ffData>'))),
    _p('<w:fldSimple w:instr=" DOCPROPERTY 文号 ">' + _r("〔2019〕1号") + "</w:fldSimple>", _field(' HYPERLINK "http://example.org/a" ', _r("域里的链接"))),
    _p('<w:hyperlink r:id="rIdLink">' + _r("超链接", '<w:u w:val="single"/>') + "</w:hyperlink>", '<w:hyperlink w:anchor="_Toc1">' + _r("内链") + "</w:hyperlink>"),
)  # fmt: skip
SIGNS = (
    _p("<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>c</m:t></m:r></m:den></m:f></m:oMath>", _r("等于")),
    _p('<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="center"/><w:hps w:val="10"/><w:hpsRaise w:val="18"/><w:hpsBaseText w:val="21"/><w:lid w:val="zh-CN"/></w:rubyPr><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase></w:ruby></w:r>', _r("字")),
    _p('<w:smartTag w:uri="urn:x" w:element="place"><w:smartTagPr><w:attr w:name="x" w:val="y"/></w:smartTagPr>' + _r("宁夏") + '<w:smartTag w:uri="urn:x" w:element="city">' + _r("银川") + "</w:smartTag></w:smartTag>"),
    _p('<w:dir w:val="rtl">' + _r("右到左") + "</w:dir>", '<w:bdo w:val="ltr">' + _r("左到右") + "</w:bdo>"),
    _p('<w:r><w:t>软</w:t><w:softHyphen/><w:t>连</w:t><w:noBreakHyphen/><w:t>字</w:t><w:cr/><w:t>行</w:t><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/><w:t>右</w:t><w:sym w:font="Wingdings" w:char="F0FE"/><w:lastRenderedPageBreak/><w:t>末</w:t></w:r>'),
    '<w:customXml w:uri="urn:x" w:element="block">' + _p(_r("标记块"), '<w:customXml w:uri="urn:x" w:element="inline">' + _r("标记行") + "</w:customXml>") + "</w:customXml>",
    _p(_r("许可"), '<w:permStart w:id="5" w:edGrp="everyone"/>', _r("可编辑"), '<w:permEnd w:id="5"/>'),
)  # fmt: skip
CHANGES = (
    _p(_r("保留"), f'<w:ins w:id="201" {_WHO}>' + _r("插入的") + "</w:ins>", f'<w:del w:id="202" {_WHO}><w:r><w:delText>{{{{ 删去的 }}}}</w:delText></w:r></w:del>'),
    _p(_r("改过格式", f'<w:b/><w:rPrChange w:id="203" {_WHO}><w:rPr><w:i/></w:rPr></w:rPrChange>'), properties=f'<w:jc w:val="center"/><w:rPr><w:ins w:id="204" {_WHO}/></w:rPr><w:pPrChange w:id="205" {_WHO}><w:pPr/></w:pPrChange>'),
    _p(f'<w:moveFromRangeStart w:id="206" w:name="move1" {_WHO}/><w:moveFrom w:id="207" {_WHO}><w:r><w:t>移走的</w:t></w:r></w:moveFrom><w:moveFromRangeEnd w:id="206"/>'),
    _p(f'<w:moveToRangeStart w:id="208" w:name="move1" {_WHO}/><w:moveTo w:id="209" {_WHO}>' + _r("移来的") + '</w:moveTo><w:moveToRangeEnd w:id="208"/>'),
    _tbl(
        _tr(_tc(_p(_r("新行"))), _tc(_p(_r("庚"))), _tc(_p(_r("辛"))), properties=f'<w:ins w:id="211" {_WHO}/>'),
        _tr(_tc(_p(_r("删行"))), _tc(_p(_r("壬"))), _tc(_p(_r("癸"))), properties=f'<w:del w:id="213" {_WHO}/>'),
    ),
    _p('<w:commentRangeStart w:id="0"/>' + _r("有批注") + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>', _r("有脚注") + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
)  # fmt: skip


def _box(number: int, inner: str) -> str:
    frame = f'<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="251" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1" wp14:anchorId="0A0A00{number}" wp14:editId="0B0B00{number}"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="1000000" cy="500000"/><wp:wrapNone/><wp:docPr id="{number}" name="框{number}" descr="说明{number}"/><wp:cNvGraphicFramePr/>'
    kind = '<v:shapetype id="_x0000_t202"/>' if number == 31 else ""
    shape = f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1000000" cy="500000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>'
    old = f'<w:pict>{kind}<v:shape id="框{number}" o:spid="_x0000_s10{number}" type="#_x0000_t202" style="width:100pt;height:50pt"><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>'
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{frame}<a:graphic><a:graphicData uri="{NAMESPACES["wps"]}">{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>'


def _inline(number: int, uri: str, inner: str) -> str:
    return f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="500000" cy="500000"/><wp:docPr id="{number}" name="图{number}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{NAMESPACES[uri]}">{inner}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'


_PICTURE = '<pic:pic><pic:nvPicPr><pic:cNvPr id="50" name="a.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPicture"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="500000" cy="500000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
_SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
_NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
DRAWINGS = (
    _p(_r("锚点"), _box(31, _p(_r("框内文字")) + _tbl(_tr(_tc(_p(_r("框内表")))), columns=1) + _p(_r("框末")))),
    _tbl(_tr(_tc(_p(_r("格中框"), _box(32, _p(_r("格中框内"))))), _tc(_p(_inline(50, "pic", _PICTURE))), _tc(_p(_r("右格"))))),
    _p(_inline(61, "dgm", '<dgm:relIds r:dm="rIdData" r:lo="rIdData" r:qs="rIdData" r:cs="rIdData"/>')),
    _p('<w:r><w:object w:dxaOrig="1440" w:dyaOrig="1440"><v:shape id="_x0000_i1025" style="width:50pt;height:50pt" o:ole=""><v:imagedata r:id="rIdPicture"/></v:shape><o:OLEObject Type="Embed" ProgID="Package" ShapeID="_x0000_i1025" DrawAspect="Content" ObjectID="_1600000000" r:id="rIdObject"/></w:object></w:r>'),
    '<w:altChunk r:id="rIdChunk"/>' + _p(_r("块后")),
    _p(_r("分栏"), '<w:r><w:br w:type="column"/></w:r>', _r("分页"), '<w:r><w:br w:type="page"/></w:r>', _r("其后")),
    _p(_r("节末"), properties=_SECTION),
    _p(_r("第一项"), properties=_NUMBERED) + _p(_r("第二项"), properties=_NUMBERED),
)  # fmt: skip
_WATERMARK = '<w:r><w:pict><v:shapetype id="_x0000_t136"/><v:shape id="WaterMark1" o:spid="_x0000_s2049" type="#_x0000_t136" style="width:400pt;height:100pt"><v:textpath string="内部资料"/></v:shape></w:pict></w:r>'
_SMART = "<a:bodyPr/><a:lstStyle/><a:p><a:r><a:t>组织机构</a:t></a:r></a:p>"


def _root(name: str, inner: str) -> str:
    counter, marks = count(0x10000), count(1)
    inner = re.sub(r"\?hex", lambda _: f"{next(counter):08X}", inner)
    inner = re.sub(r"t\?id(.*?)\?id", lambda found: _same(found, next(counter)), inner)
    inner = re.sub(r"\?mark(.*?)\?same", lambda found: _same(found, next(marks)), inner)
    return f'{_HEAD}<{name} {_DECLARED} mc:Ignorable="w14 w15 w16cid wp14">{inner}</{name}>'


def _same(found: re.Match[str], number: int) -> str:
    head = "t" if found[0].startswith("t") else ""
    return f"{head}{number}{found[1]}{number}"


def _note(kind: str) -> str:
    return _root(f"w:{kind}s", f'<w:{kind} w:id="2">{_p(_r("注释文字"))}</w:{kind}>')


def _parts() -> dict[str, tuple[str, str, str]]:
    """Name every part -> its content type, what relates to it from the main part, its content."""
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl>'
    block = f"<w:docParts><w:docPart><w:docPartPr><w:name w:val='n'/></w:docPartPr><w:docPartBody>{_p(_r('构建基块'))}</w:docPartBody></w:docPart></w:docParts>"
    comment = f'<w:comment w:id="0" {_WHO}><w:p w14:paraId="0F0F0001" w14:textId="77777777">{_r("批注文字")}</w:p></w:comment>'
    tree = f"<dsp:spTree><dsp:nvGrpSpPr><dsp:cNvPr id='0' name=''/><dsp:cNvGrpSpPr/></dsp:nvGrpSpPr><dsp:grpSpPr/><dsp:sp modelId='1'><dsp:nvSpPr><dsp:cNvPr id='0' name=''/><dsp:cNvSpPr/></dsp:nvSpPr><dsp:spPr/><dsp:txBody>{_SMART}</dsp:txBody></dsp:sp></dsp:spTree>"
    model = f'<dgm:ptLst><dgm:pt modelId="1" type="doc"><dgm:prSet/><dgm:spPr/><dgm:t>{_SMART}</dgm:t></dgm:pt></dgm:ptLst><dgm:cxnLst/><dgm:bg/><dgm:whole/>'
    return {
        "styles": (f"{_WORD}styles+xml", "styles", _root("w:styles", "")),
        "settings": (f"{_WORD}settings+xml", "settings", _root("w:settings", '<w:docVars><w:docVar w:name="变量" w:val="变量值"/></w:docVars>')),
        "numbering": (f"{_WORD}numbering+xml", "numbering", _root("w:numbering", f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>')),
        "footnotes": (f"{_WORD}footnotes+xml", "footnotes", _note("footnote")),
        "comments": (f"{_WORD}comments+xml", "comments", _root("w:comments", comment)),
        "commentsExtended": (f"{_WORD}commentsExtended+xml", f"{_MS}/2011/relationships/commentsExtended", _root("w15:commentsEx", '<w15:commentEx w15:paraId="0F0F0001" w15:done="0"/>')),
        "people": (f"{_WORD}people+xml", f"{_MS}/2011/relationships/people", _root("w15:people", '<w15:person w15:author="审核"/>')),
        "header1": (f"{_WORD}header+xml", "header", _root("w:hdr", _p(_r("页眉"), _WATERMARK) + _sdt(_p(_r("页眉控件"))))),
        "footer1": (f"{_WORD}footer+xml", "footer", _root("w:ftr", _p(_r("第"), _field(" PAGE ", _r("1")), _r("页")) + _tbl(_tr(_tc(_p(_r("页脚格")))), columns=1) + _p(_r("页脚末")))),
        "diagrams/data1": (f"{_DRAWN}diagramData+xml", "diagramData", _root("dgm:dataModel", model)),
        "diagrams/drawing1": ("application/vnd.ms-office.drawingml.diagramDrawing+xml", f"{_MS}/2007/relationships/diagramDrawing", _root("dsp:drawing", tree)),
        "glossary/document": (f"{_WORD}document.glossary+xml", "glossaryDocument", _root("w:glossaryDocument", block)),
    }  # fmt: skip


_IDS = {"header1": "rIdHeader", "footer1": "rIdFooter", "diagrams/data1": "rIdData"}
_FILES = {
    "rIdPicture": ("image", "media/image1.png", png(2, 2)),
    "rIdObject": (
        "oleObject",
        "embeddings/object1.bin",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
    ),
    "rIdChunk": ("aFChunk", "chunk.htm", b"<html><body>{{ no.tag }}</body></html>"),
    "rIdMacros": (f"{_MS}/2006/relationships/vbaProject", "vbaProject.bin", bytes(range(256)) * 9),
    "rIdStore": ("customXml", "../customXml/item1.xml", b'<root xmlns="urn:x"><n>3</n></root>'),
}


def _relationships(items: dict[str, tuple[str, str]]) -> str:
    written = "".join(
        f'<Relationship Id="{one}" Type="{kind if "://" in kind else f"{_R}/{kind}"}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if '://' in target else ''}/>"
        for one, (kind, target) in items.items()
    )
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{written}</Relationships>'


def make_everything(main_type: str = MAIN) -> bytes:
    """Make the document."""
    body = "".join((*CONTROLS, *FIELDS, *SIGNS, *CHANGES, *DRAWINGS, _p(_r("末段"))))
    types = {"word/document.xml": main_type}
    contents: dict[str, bytes | str] = {
        "word/document.xml": _root("w:document", f"<w:body>{body}{_SECTION}</w:body>")
    }
    links = {"rIdLink": ("hyperlink", "http://example.org/x")}
    for name, (kind, relation, content) in _parts().items():
        types[f"word/{name}.xml"], contents[f"word/{name}.xml"] = kind, content
        links[_IDS.get(name, f"rId{name.replace('/', '')}")] = (relation, f"{name}.xml")
    for one, (relation, target, data) in _FILES.items():
        contents[f"word/{target}".replace("word/../", "")] = data
        links[one] = (relation, target)
    endings = {"rels": "vnd.openxmlformats-package.relationships+xml", "bin": "vnd.ms-office.vbaProject", "xml": "xml"}  # fmt: skip
    defaults = "".join(f'<Default Extension="{e}" ContentType="application/{t}"/>' for e, t in endings.items())  # fmt: skip
    defaults += '<Default Extension="png" ContentType="image/png"/><Default Extension="htm" ContentType="text/html"/>'
    overrides = "".join(f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t in types.items())
    start = _relationships({"rId1": ("officeDocument", "word/document.xml")})
    return write_package(
        {
            "[Content_Types].xml": f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{defaults}{overrides}</Types>',
            "_rels/.rels": start,
            "word/_rels/document.xml.rels": _relationships(links),
            **contents,
        }
    )


def _rewrite(package: bytes, change: Callable[[bytes], bytes]) -> bytes:
    parts = read_parts(package)
    return write_package(
        {
            name: change(data) if name.startswith("word/") and name.endswith(".xml") else data
            for name, data in parts.items()
        }
    )


def _in_utf16(data: bytes) -> bytes:
    written = etree.tostring(etree.fromstring(data), encoding="UTF-16", xml_declaration=True)
    assert isinstance(written, bytes)
    return written


def _indented(data: bytes) -> bytes:
    """With a byte order mark, indented, lines ended as Windows does, remarks in between."""
    root = etree.fromstring(data)
    etree.indent(root)
    for number, element in enumerate(list(root.iter("{*}p", "{*}tr", "{*}tc", "{*}sectPr"))):
        element.append(etree.Comment(" a < b ") if number % 2 else etree.PI("made", "so"))
    written = etree.tostring(root, encoding="UTF-8").replace(b"\n", b"\r\n")
    return b"\xef\xbb\xbf" + b'<?xml version="1.0" encoding="UTF-8"?>\r\n' + written


def _prefixed(data: bytes) -> bytes:
    text = re.sub(r"(</?)w:", r"\1正:", data.decode()).replace("xmlns:w=", "xmlns:正=")
    return re.sub(r" w:(\w+=)", r" 正:\1", text).encode()


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "as Word writes it": lambda package: package,
    "in UTF-16": lambda package: _rewrite(package, _in_utf16),
    "indented": lambda package: _rewrite(package, _indented),
    "another prefix": lambda package: _rewrite(package, _prefixed),
}
"""Other ways to write the same document."""
