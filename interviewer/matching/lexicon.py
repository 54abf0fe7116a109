"""Word lists and patterns of English as candidates type it; nothing here belongs to one scenario."""

from __future__ import annotations

import re

ASKING = (
    r"(?:what|wich|wat|waht|hwo|wether|what's|whats|which|how|how's|when|where|who|whose|why|is|isn't"
    r"|are|aren't|do|don't|does"
    r"|did|"
    r"should|shall|can|could|may|will|would|must|has|have i|am i|any|need i|need we|what if)"
)
ASKS_AT_START = re.compile(
    rf"^(?:(?:and|so|ok|okay|also|or|then|but|well|hi|hello|sorry|just|one more|another question"
    rf"|quick question"
    rf"|question|first|second|third|before i start|lastly|finally|by the way|hmm+|um+"
    rf"|uh+)[,:]? )*(?:(?:by|from|for|in|on|at|to|with|of|against|until|since) (?=wh|how))?{ASKING}\b"
)
_LEAD = (
    r"^(?:(?:and|so|ok|okay|but|also|or|then|well|hm+|um+|sorry|just curious|one more|by the way"
    r"|out of curiosity|quick question)[,:]? )*(?:(?:by|from|for|in|on|at|to|with|of|against|until) )?"
)
# Asks how the world behind the task is, not what the function shall do.
_STORY = (
    r"(?:who(?! (?:wins?|gets?|goes|comes|chooses|decides|picks|sets)\b)|whom|why"
    r"|where (?:is|are|was|were|does|do|did|can|will)(?! (?:i|we)\b)|when (?:was|were|did)"
    r"|how (?:often|old|fast|long|far|deep|heavy|expensive|poor|good|well|many|much|big|large|popular)"
    r"|how (?:is|are|was|were) (?:\w+ ){1,4}(?:annotated|collected|gathered|paid|sent|deployed|served|trained"
    r"|found|entered|booked|shown|crawled|produced|noticed|staffed|approved|recorded|transmitted|identified"
    r"|logged|tracked|organi[sz]ed|shipped|looked up|confirmed|reported|named on)"
    r"|what (?:kinds?|sorts?|types?) of"
    r"|which \w+(?: \w+)? (?:is|are|was|were|do|does|did|has|have|will|would|can|runs?|makes?|use[sd]?"
    r"|produce[sd]?|built|wrote|trains?|reads?|refuses?|sorts?|follows?|comes?)"
    r"|what \w+(?: \w+)? (?:do|does|did|have|has) (?:the|you|your|they|people)"
    r"|what (?:do|does|did|will|would) (?:the|an?|your|our|they|people|you|somebody)\b"
    r"|did|was|were|has|have(?! i))\b"
)
_PEOPLE = (
    r"(?:you|they|people|somebody|someone|customers|agents|members|moderators|listeners|clients|buyers"
    r"|visitors|patients|marketing|support|finance|raters|experts|teams)"
)
ASKS_STORY = re.compile(
    _LEAD + rf"(?:{_STORY}|(?:what(?:'s| is| are| was| were)"
    r"|which (?!one|ones|side|way|of\b)\w+(?! (?:should|shall|can|may|must|do|would) (?:i|we)\b)"
    r"|what (?!if|about|happens?|happen|should|shall|do|does|did|will|would|must|can|may|could|else|then|now|to"
    r"|shape|values?|types?|dtype|range|format|form|comes?|goes|when|exactly)\w+"
    r"|how \w+ (?:is|are|was|were|do|does|did|will|would|must|can|could)"
    r"|how (?:is|are|was|were|did|do|does|will|would) (?:the|a|an|your|they|you|other|most|people)"
    r"|how (?:is|are|was|were) \w+(?: \w+)? (?:measured|taken|made|judged|used)"
    r"|how (?:do|does|did) (?!i\b|we\b|it\b)\w+"
    r"|(?:is|are) there"
    rf"|(?:do|does) {_PEOPLE}(?! (?:want|need|mean|expect|care|prefer|require)))\b)"
)
# Likely about the story even where a rule matches: `do you ship by mail`.
ASKS_WHAT_IS = re.compile(
    _LEAD + rf"(?:{_STORY}|(?:do|does) {_PEOPLE}"
    r"(?! (?:want|need|mean|expect|care|prefer|require))\b)"
)
# Asks about something by name, which may well be of the story: `are old films rated higher`.
ASKS_OF_OTHERS = re.compile(
    _LEAD + r"(?:does|do|is|are|can|could|will|would|should|must|has|have|were|was)"
    r" (?!(?:i|we|you|it|they|there|this|that|these|those)\b)"
)
# Asks what to do or what is wanted, whatever else it speaks of: `which weights do you want`.
ASKS_FOR_ORDERS = re.compile(
    r"\b(?:do|should|shall|must|may|can) (?:i|we)\b|\b(?:do|did|would) you (?:want|expect|need|prefer|like)\b"
)
# How things are or were, out there: `which loss was used last year`, `what gap do other shops use`.
OUT_THERE = re.compile(
    r"\b(?:usual(?:ly)?|typical(?:ly)?|normally|currently|at the moment|so far|until now|nowadays|these days"
    r"|(?:the|your) current \w+|in practice|yesterday"
    r"|last (?:year|month|week|time|night)|other (?:teams|shops|companies|people|banks|frameworks)"
    r"|competitors?|the (?:old|existing|previous|original|usual) \w+|did (?:you|they|he|she|the)(?! (?:want|say|mean|need|ask)\b)"
    r"|(?:most|more) (?:often|people|customers|users|viewers|popular|common|frequent)|the most|best so far"
    r"|good enough|what(?:'s| is) the (?:average|mean|rarest|biggest|largest|highest|lowest|best|worst))\b"
    r"|\bmost\W*$|^(?:(?:and|so|but),? )?(?:who(?! (?:wins?|gets?|goes|comes|chooses|decides|picks|sets)\b)|whom|why)\b"
)
# Offers more than was asked for, or asks for leave to: `should I also plot it`.
_OFFER = (
    r"(?:(?:should|shall|must|can|could|may) (?:i|we|it)(?! end up\b)|do (?:i|we|you) (?:also )?(?:want|need|have)"
    r"|would you (?:also )?(?:like|want))\b"
)
OFFERS = re.compile(rf"{_LEAD}{_OFFER}|\b(?:too|also|as well)\b")
OFFERS_AT_START = re.compile(rf"{_LEAD}{_OFFER}")
# Names somebody or some time no function knows of.
OUTSIDE = re.compile(
    r"\b(?:in (?:winter|summer|spring|autumn|real life|the office)|on (?:weekends|sundays|mondays|holidays)"
    r"|in your (?:papers?|company|team|country|experience|department)"
    r"|by (?:law|(?:the|your|a) (?:board|boss|regulator|government|screen|manager|human|person))"
    r"|expensive|(?:for|to) them|(?:every|each) (?:month|year|weekend)|the weather|your boss|in the future"
    r"|management)\b"
)
# Offers that go beyond every fact: work around the task, other methods, the same once more for each group.
EXTRA_WORK = re.compile(
    r"\b(?:plot|draw|chart|export|visuali[sz]\w+|document|deploy|publish|dashboard|heat ?map|histograms?|diagram"
    r"|picture|merge it|bar chart|slides|print|log (?:the|it|each|every|unknown)|retrain\w*|(?:up|over)sampl\w+"
    r"|embeddings?|recommend\w*|benchmark\w*)\b"
    r"|\binstead\W*$|^do you (?:also )?want\b.* (?:per|for each|for every) \w+\W*$"
)
INDIRECT = re.compile(
    r"\b(?:i (?:wonder|was wondering|am wondering|'d like to know|would like to know|want to know"
    r"|need to know)"
    r"|i'm wondering|can you (?:tell|clarify|explain|confirm|specify)|could you (?:tell|clarify"
    r"|explain|confirm"
    r"|specify)|please (?:tell|clarify|explain|confirm|specify)|tell me|not sure (?:if|whether|what"
    r"|how|about)"
    r"|do you (?:want|need|expect|care|know)|let me (?:ask|clarify)|i'm unsure|wondering (?:if|whether"
    r"|what|how)"
    r"|want to (?:ask|clarify|check)|clarify (?:what|how|if|whether|when|which))\b"
)
ASKS_TO_BE_TOLD = re.compile(
    r"^(?:please )?(?:tell|show|give|list|explain|describe|clarify|specify|name|define)\b"
    r"(?! (?:me )?(?:a )?hints?\b)"
)
ASKS_INSIDE = re.compile(
    r"\b(?:what (?:do|is|are|to|if|happens?|about|should)|how (?:do|is|are|to|should|many|much|big"
    r"|large|long"
    r"|we|i)|(?<!, )which (?!is\b|are\b|was\b|means\b)\w+|when (?:do|to|should)|who (?:gets|is|calls|consumes?)|possible$|allowed$|needed$"
    r"|okay$|ok$)"
)
# `Then I check which rows are left` tells; `I wonder which rows are left` asks.
NARRATES = re.compile(
    r"^(?:(?:so|ok|okay|and|but|now|then|next|first|finally|here|also|after that|meanwhile),? )*"
    r"(?:i|we|i'll|we'll|i'm|i've|let me|let's)(?: (?:now|first|then|just|also|will|am|can|only|quickly|still"
    r"|simply|going to))* (?:add|build|check|collect|compute|copy|count|decide|draw|fill|find|fix|go|handle"
    r"|keep|leave|list|look|loop|make|map|mark|move|note|pick|print|put|read|remember|remove|rename|run|save"
    r"|see|set|skip|sort|split|start|store|take|test|think about|track|try|use|walk|work out|write)(?:ing)?\b"
)
TAG = re.compile(
    r"(?:,? (?:right|correct|yes|ya|yeah|ok|okay|no|agreed|fine|true)|,? (?:is|would) that (?:be )?"
    r"(?:ok|okay|right|fine|correct|alright|all right|good|acceptable)(?: with you)?|,? (?:does"
    r"|is) that "
    r"(?:sound right|make sense|sound ok|sound okay|work|so)|,? (?:isn't|aren't|doesn't|don't) (?:it"
    r"|they|we))\s*\?+$"
)
BARE_TAG = re.compile(
    r"(?:is (?:that|this|it) |does (?:that|this) |sounds? )?(?:right|correct|ok|okay|yes|fine|so|good"
    r"|make sense"
    r"|sound right)\s*\?+"
)
ASSUMES = re.compile(
    r"\b(?:assum(?:e|es|ed|ing|ption|ptions)|presum(?:e|ably|ing)|suppos(?:e|ing)|i take it(?! (?:step by"
    r"|from (?:the|here)|apart|easy|slow\w*)\b)|i(?:'ll| will) take it"
    r"|i(?:'d| would) (?:guess|expect)|i(?:'m| am) guessing|i guess|i expect|i(?:'ll| will) treat"
    r"|let's say"
    r"|i(?:'ll| will) go with|i(?:'d| would) go with|unless you (?:object|say|tell)|if that's (?:ok"
    r"|okay|fine))\b"
)
# May only tell what is done next: `I'd go with a dict`.
ASSUMES_WEAKLY = re.compile(
    r"\b(?:i(?:'d| would) (?:guess|expect|go with)|i(?:'m| am) guessing|i guess|i expect"
    r"|i(?:'ll| will) (?:treat|go with|take it)|let's say)\b"
)
RESTATES = re.compile(
    r"\b(?:to (?:restate|summari[sz]e|recap|confirm)|let me (?:restate|summari[sz]e|recap|repeat"
    r"|confirm)"
    r"|(?:if|make sure|check that|see if) i understand|my understanding"
    r"|in other words|so what you(?:'re| are)|restating|recap)\b"
    r"|^(?:(?:ok|okay|right|alright|fine|and|well|now),? )*(?:just to (?:confirm|be sure|be clear|check)"
    r"|so the (?:task|goal|function|job)|so i(?:'m| am) (?:given|getting)|the objective is)\b"
)
OUTLINES = re.compile(
    r"\b(?:my (?:plan|approach|idea|outline|steps)|the (?:plan|approach|idea|outline|algorithm) (?:is"
    r"|would|will)"
    r"|step (?:1|one)|here(?:'s| is) (?:my|the|how)|pseudo-?code|i(?:'d| would) (?:start|first|begin"
    r"|do|use|write"
    r"|compute|sort|keep|build|loop|go|split)|(?:first|then|next|finally|after that),? (?:i|we)(?:'ll"
    r"| will|'d| would)?\b"
    r"|i(?:'m| am) going to|i plan to|i(?:'ll| will) (?:start|first|begin|then|write|compute|sort|keep"
    r"|build|loop"
    r"|split|use|do|vectori[sz]e|iterate|implement)|we (?:can|could|alternate|repeat))\b"
)
NUMBERED = re.compile(r"(?:^|\n)\s*(?:\d+[.)]|[-*•])\s+\S")
INTENDS = re.compile(r"^(?:(?:so|ok|okay|then|and|well),? )*(?:i'?ll|i will|i'?d|i would|we'?ll|we will)\b")
OWN_WORDS = re.compile(
    r"^(?:(?:so|ok|okay|then|and|well|now|next|here|first|finally|also),? )*(?:i|i'?m|i'?ll|i'?ve|i'?d"
    r"|we|we're|we'll|my"
    r"|let me|let's|this|that|it|here|now|next|first|then|finally|because|since|the)\b"
)
FIRST_PERSON = re.compile(r"\b(?:i|we|i'm|we're|i've|i'll|we'll|my)\b")
CRAFT = re.compile(
    r"\b(?:deque|dict\w*|hash\w*|heap|pointers?|cumsum|cumulative|broadcast\w*|vectori\w*|helper"
    r"|variable|buffer"
    r"|(?:loop|iterate|go) (?:over|through)|list of|append|counter|matrix product|einsum|argsort"
    r"|np\.\w+)\b"
)
HELP = re.compile(
    r"\b(?:(?:need|want|have|get|give me|take|use|ask for|like|another|next|any)(?: a| an| the| one"
    r"| some| next)? hints?|hints? please|^hints?|(?:i'?m|am|im|i feel|got|getting) (?:a bit |really "
    r"|totally |completely )?(?:stuck"
    r"|lost)|stuck"
    r"|what (?:do|should|must|can) (?:i|we) do (?:next|now|here)|what(?:'s"
    r"| is) (?:the )?next(?: step)?\s*\?|what next"
    r"|no idea|don'?t know (?:how|what|where) to|(?:can|could|please|will) (?:you )?help|help me"
    r"|give me a clue"
    r"|point me|nudge|how (?:do|should|would|can) i (?:start|begin|proceed|continue|go on)\s*\??$"
    r"|where (?:do|should) i start)\b"
    r"|what(?:'s| is) (?:the )?next step\b"
)
EXTRACTION = re.compile(
    r"(?:\b(?:show|give|tell|print|reveal|list|dump|paste|output|repeat|share|send|leak|write|provide"
    r"|display|hand)"
    r"\b.{0,40}\b(?:solution|full code|whole code|complete code|reference|hidden|secret|system prompt"
    r"|prompt|rubric"
    r"|instructions?|answer key|answers\b|the answer|facts|test cases you|unit tests|checklist"
    r"|scorecard|grading"
    r"|everything you know|all (?:the )?(?:details|requirements|edge cases|hints|rungs))\b)"
    r"|\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:instructions?|rules|prompt|above|previous"
    r"|earlier)\b"
    r"|\b(?:system|assistant|developer|admin|root)\s*[:>\]]|<\|?/?(?:system|im_start|assistant|inst)"
    r"|\byou are (?:now|no longer)\b|\b(?:developer|debug|admin|god|jailbreak|dan) mode\b|\bact as\b"
    r"|\b(?:rate|score|grade|mark|give|assign)\b.{0,25}\b(?:me|this|candidate|everything"
    r"|signals?)\b.{0,25}"
    r"\b(?:very strong|strong|full marks|top|highest|hire|perfect|maximum|10)\b"
    r"|\bwhat (?:should|could|must|can|else should|do you want me to|am i supposed to) (?:i )?(?:ask"
    r"|be asking|clarify)\b"
    r"|\bwhat (?:are|were) the (?:hidden|secret|essential)\b|\bwhich (?:questions|facts) (?:should"
    r"|count|matter|are)\b"
    r"|\b(?:hidden|secret) (?:facts?|tests?|requirements?|prompt|instructions?)\b"
    r"|\b(?:your|the) (?:system prompt|rubric|answer key|reference (?:solution|implementation))\b"
    r"|\bwhat(?:'s| is) (?:the )?(?:correct )?(?:solution|full answer)\b|\bwhat do you (?:look for"
    r"|score|grade|rate)\b"
)
TIME_LEFT = re.compile(
    r"\b(?:how (?:much|many|long).{0,25}\b(?:left|remain|remains|remaining)|time (?:left|remaining"
    r"|check)"
    r"|minutes? (?:left|remain|remaining)|what time is it|what(?:'s| is) the time|how (?:are we"
    r"|am i) (?:doing )?(?:on|for) time"
    r"|(?:are we|am i) (?:on|running out of) time)\b"
)
MOVE_ON = re.compile(
    r"\b(?:move on|next phase|no (?:more|further) questions|that'?s all (?:my|the|for) questions?"
    r"|(?:can|could|shall|should|may|let'?s|let us|want to|ready to|like to) (?:we "
    r"|i )?(?:please )?(?:now )?"
    r"(?:go on|move to|go to|proceed|continue to|jump to|outline)"
    r"|(?:can|shall|should|let'?s|ready to) (?:we |i )?(?:now )?test (?:it|this)"
    r"|(?:i'?m|i am|we are|we're) ready to (?:move|outline|test))\b"
)
# Said before there is code, this moves on; said while coding, it is narration.
START_CODE = re.compile(
    r"(?:\b(?:start|starting|begin|beginning) (?:to |with |the )?(?:cod(?:e|ing)|implement\w*"
    r"|writing)\b"
    r"|\bready to (?:code|implement|start|write)\b"
    r"|\b(?:let me|can i|shall i|should i|may i|i'?ll|i will|let'?s) (?:now |just )?(?:code|implement)"
    r"(?: (?:it|this|that|now|up))*\s*[?.!]*$)"
)
DONE = re.compile(
    r"^(?:ok(?:ay)?[,.]? |so |and |i think |well,? |alright,? )*(?:(?:i'?m|i am|it'?s|it is|we are"
    r"|we're|that is|that's) "
    r"(?:all )?(?:done|finished|complete|ready|it)|done|finished|i(?:'ve| have) finished|i(?:'m"
    r"| am) happy with (?:it|this)"
    r"|(?:the )?code is (?:done|complete|finished|ready)|implementation is (?:done|complete|finished)"
    r"|all done"
    r"|nothing (?:more|else)(?: to add)?|no(?:thing)?,? that'?s (?:it|all))\b"
)
ENDS = re.compile(
    r"\b(?:(?:can|could|shall|let'?s|want to|like to|i'?d like to) (?:we |i |us )?(?:please )?(?:end|stop"
    r"|finish|wrap up|quit|close)"
    r"(?: (?:here|now|the interview|it here|it|this|for today))*(?=\W*$|,| and\b| because\b)|end (?:the )?interview|i give up|^i quit)\b"
)
REPEAT = re.compile(
    r"\b(?:(?:can|could|would) you (?:please )?(?:repeat|say that again|rephrase|re-?read)"
    r"|say that again|pardon"
    r"|repeat (?:the |that |your )?(?:question|task|problem|brief)|what was the (?:question|task"
    r"|problem)|rephrase)\b"
)
THE_QUESTION = re.compile(r"\b(?:question|task|problem|brief)\b")
SMALL_TALK = re.compile(
    r"^(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?|thank you|thx|ok|okay|k|cool|great"
    r"|sure|alright"
    r"|all right|got it|understood|i see|makes sense|fine|nice|perfect|right|yes|yeah|yep|no|nope"
    r"|sounds good|hmm+|um+"
    r"|one (?:moment|second|sec)|give me a (?:moment|second|minute)|let me think|bye"
    r"|sorry)\b[\w\s,.!']{0,25}$"
)
OFF_TOPIC = re.compile(
    r"\b(?:salary|salaries|compensation|benefits|vacation|holiday|office|remote work|team size"
    r"|hiring manager|visa|weather"
    r"|(?:my|your|other|share (?:the|a)) (?:\w+ )?(?:screen|window|monitor|tab)|headphones|headset|earphones"
    r"|(?:font|text) (?:size )?(?:bigger|larger|smaller)|doorbell|bathroom|toilet|glass of water"
    r"|(?:have|take|need|get) (?:a |one )?(?:short |quick |little |small )?(?:break|breather|drink|sip)"
    r"|give me a (?:sec|second|minute|moment)|(?:louder|volume) please|turn (?:up|down) (?:the|your)"
    r"|(?:this|it|call|interview|session) (?:being )?recorded|dress code|this interview|interview format"
    r"|while i (?:type|talk|code)|think(?:ing)? (?:aloud|out loud)|this (?:position|job|role)|hear back"
    r"|second round|take (?:five|ten)\b|(?:big|large|old) is (?:the|your) (?:team|company|office)|parking|onboarding|interview process|next interview"
    r"|weekend|coffee|lunch|did i (?:pass|fail|get|do)|(?:will|do) i (?:pass|get the job|get hired)"
    r"|how am i doing|can you hear"
    r"|connection|microphone|camera|your name|are you (?:a |an )?(?:real|human|bot|robot|ai|chatgpt"
    r"|gpt|llm|model)|who are you"
    r"|how are you|nice to meet|start date|promotion|recruiter|next round|culture)\b"
)
CLEAR_YES = re.compile(
    r"^(?:yes|yeah|yep|yup|sure|please|go ahead|do it|of course|yes please|give it)\b|\bhints?\b"
)
YES = re.compile(
    r"^(?:yes|yeah|yep|yup|sure|please|ok|okay|go ahead|do it|y|of course|ja|si|give it|yes please"
    r"|fine|alright)\b"
)
NO = re.compile(
    r"^(?:no|nope|nah|not (?:now|yet|really)|nothing|none|n|that'?s (?:it|all)|i'm good|i am good)\b"
)
DEFENSIVE = re.compile(
    r"\b(?:that(?:'s| is) how (?:everybody|everyone|people|we|it)|everybody does|everyone does|it(?:'s"
    r"| is) (?:fine|correct|standard|ok|okay)"
    r"(?: as it is| like this| this way|$|[.!])|i don'?t (?:see|think) (?:the|a|any"
    r"|that).{0,12}(?:problem|issue|matters?|necessary|needed)"
    r"|(?:that|this|it) (?:doesn't|does not|won't|will not|never) (?:matter|happen)"
    r"|this is (?:the )?(?:standard|normal|usual)"
    r"|what(?:'s| is) wrong with|no need|not necessary|i disagree|you(?:'re| are) wrong|trust me"
    r"|i(?:'ve| have) always done)\b"
)
KNOWS_NOT = re.compile(r"\b(?:not sure|no idea|don'?t know|do not know|dunno|unsure|can'?t say|pass)\b")
STEPS_BACK = re.compile(
    r"\b(?:(?:let me|i want to|i should|i need to|can i|may i) (?:stop|pause|step back|go back|clarify"
    r"|ask)|step(?:ping)? back"
    r"|clarify (?:one|a few|some|a couple)|before i (?:go on|continue|write more))\b"
)
DEBUGS = re.compile(
    r"\b(?:print\w*|shapes?|debug\w*|check\w*|disagree\w*|trace\w*|find the|look at the|why (?:it|is"
    r"|does)|expected|fix\w*)\b"
)
CAUSAL = re.compile(
    r"\b(?:because|since|so that|otherwise|to avoid|to prevent|to keep|therefore|which means|that way"
    r"|in order to|hence|as it(?! is\b)|due to)\b"
)


def _bag(text: str) -> list[str]:
    return text.split()


FAMILIES = ("input", "output", "special cases", "method", "setting", "logistics")
FAMILY_NAMED: dict[str, re.Pattern[str]] = {
    "input": re.compile(r"\b(?:inputs?|data|arguments?|parameters?|first)\b"),
    "output": re.compile(r"\b(?:outputs?|return\w*|results?|second)\b"),
    "special cases": re.compile(r"\b(?:special|edge|corner|cases?|third)\b"),
    "method": re.compile(r"\b(?:methods?|algorithm|approach|how it works|logic|maths?|computation|fourth)\b"),
    "setting": re.compile(r"\b(?:settings?|context|purpose|use|business|background|fifth)\b"),
    "logistics": re.compile(r"\b(?:logistics?|rules|time|tools?|interview|librar\w+|sixth|last)\b"),
}
FAMILY_OF_TOPIC: dict[str, re.Pattern[str]] = {
    "logistics": re.compile(
        r"\b(?:librar\w+|imports?|time there is|interview|executed|run here|code can be|tested here)\b"
    ),
    "output": re.compile(r"\b(?:returns?|returned|output|result|report|gives? back|order of the)\b"),
    "special cases": re.compile(
        r"\b(?:empty|ties?|tied|missing|nans?|invalid|single|zeros?|duplicates?|equal|constant|unknown"
        r"|unseen|loses|lost|"
        r"no (?:\w+ )?(?:rows?|points?|history|event|class|positives?)|without|illegal|bad|too (?:few"
        r"|many|small|large)|extreme|"
        r"overflow|edge|special|same|just one|only one|first|last|mismatch\w*|legal|valid|negative)\b"
    ),
    "input": re.compile(
        r"\b(?:inputs?|format|shapes?|dtypes?|types?|columns?|encod\w+|units?|labels?|scores?|rows?"
        r"|data|clean\w*|sorted|order|arrays?|"
        r"values?|range|matrix)\b"
    ),
    "setting": re.compile(
        r"\b(?:sizes?|large|scale|performance|purpose|balance|serving|training|production|used|online"
        r"|offline|memory|speed|users?)\b"
    ),
    "method": re.compile(
        r"\b(?:how|which|rules?|initial\w*|stop\w*|rounds?|distance|nearness|measured?|formula"
        r"|random\w*|seed\w*|split"
        r"|weights?|penalt\w+|regulari\w+|criterion|normali\w+|scaling|windows?|averag\w+|sampling"
        r"|method|definition"
        r"|defined|steps?|chosen|picked|compute\w*|statistics|smooth\w*|threshold|balance\w*"
        r"|round\w*)\b"
    ),
}

# Words of the trade: a question that holds one is worth taking seriously even when no fact covers it.
TRADE = frozenset(
    _bag("""
    accuracy algorithm array average axis batch bias binary bucket cache categorical class classes
    classification cluster clusters column columns complexity constant convergence copy count cutoff
    data dataframe dataset date decay default deterministic dict dimension distance distribution
    divide duplicate dtype edge element embedding empty encode epoch epsilon error estimate event
    exception feature features filter float fold format fraction function gaussian gpu gradient
    group groups handle id index inf infinite initial input inputs integer invalid iteration
    iterations key label labels lambda large layer leak length library limit linear list log
    logarithm logit loss loop mask matrix mean median memory metric missing mode model multiclass
    mutate nan negative noise norm normalise normalize null number numpy online optimise optimize
    order outlier output outputs overflow pandas parallel parameter pass percentile plot points
    positive precision predict prediction prior probability query random range rank rate ratio raise
    recall recursion regularisation regularization result results return returns row rows sample
    samples scale schema score scores seed sequence serve shape shuffle sigmoid size softmax sort
    sorted sparse split standard standardise standardize state std step stratify string sum table
    target tensor test threshold tie ties timestamp timestamps timezone token tolerance train
    training tuple type types underflow unit units unseen update validate validation value values
    variance vector vectorise vectorize version weight weighted weights window zero zeros duplicates
    sequences streaming incremental encoding weighting user users item items customer customers
    record records cost batches transaction transactions amount amounts refund refunds currency
    point centroid centroids euclidean sklearn scipy torch
    """)
)
COMMON = frozenset(
    _bag("""
    about above after again also always another anything around basically because before being below
    between both calls check could currently different doing during each either enough every
    everything exactly example first following further general given gives going guess happen
    happens having here hidden instead intend into keep kind know later least leave left less like
    likely line looking made make many maybe mean means might more most much must need needed never
    next nothing only other otherwise over particular please possible probably quite rather really
    return right same second should simple simply since some something start still such sure take
    than that their them then there these they thing think third this those though three through
    time under until upon used uses using usually very want wanted well were what when where whether
    which while whole will with within without work works would wrong your again allow allowed
    question whose worry write wrote solve
    """)
)
# Words nobody misspelt, however near they come to a word of the task.
EVERYDAY = frozenset(
    _bag("""
    able act add age ago air almost alone along among angry animal answer appear apply area arm art ask
    autumn away baby bad bag ball band bank bar bear beat became become bed began begin behind believe
    best better big bird bit blind blood blue board boat body book boring born bother boss bottom box
    boy brain branch bread break bring broad brother brought browser build bus business busy buy cake
    call came camera car card care careful carry cat catch chair chance change cheap chest child city
    clean clear close clothes cloud coat coffee cold colleague come company connection cook cool corner
    could country course cover create cross cry cup curious cut dad dance dark date daughter day dead
    deal dear decide deep design desk die dinner dirty dog done door doubt draw dream dress drink drive
    drop dry due dull dust each ear early earn earth ease east easy eat egg else end enter even evening
    ever exam eye face fair fall family fan far farm fast fat father fear feed feel feet fell felt few
    field fight file fill film find fine finger finish fire fish fit five fix flat floor fly fold font
    food foot force forget form forward found four free fresh friend frog front full fun funny game
    garden gate gave gets girl glad glass glasses gone good got gotten government grass great green grow
    guy hair half hall hand hang happy hard hat hate head hear heard heart heat heavy held hell hello
    help here high hill hire hold hole holiday home hope horse hospital hot hotel hour house huge human
    hurry hurt ice idea ill improve inch invite iron island itself job join joke joy judge jump junior
    keen kept kick kid kill kitchen knee knew knock lack lady lake land language laptop large last late
    laugh law lay lazy lead lean learn leg lend lens less lesson let letter lie life lift light lip live
    load loan local lock lone look lose lost lot lots loud love low luck lunch mail main manager many
    map march market matter meal meaning meat meet met method mic middle mile milk mind mine minute
    miss mistake mix moment money month moon morning mother mouse mouth move movie music mute name
    narrow nature near nearly neck nervous news nice night nine noise noisy none nor north nose note
    notice odd off office often oil okay old older once one ones onto open opposite order ought outside
    own owner pace pack page pain paint pair paper park part partner party pass past pause pay peace
    pen people perfect person phone photo pick picture piece pity place plain plan planned plant plate
    play pleased point police poor position post power praise present press pretty price print program
    promise proper pull purpose push put quality queen quick quiet quit quite race rain raise ran reach
    read ready real reason recall red remember remote rent repeat reply report request rest rich ride
    ring rise risk river road rock role roof room rough round rule safe said sail salary salt sand sat
    save saw say scene school sea search seat see seem seen sell send sense sent separate serious server
    service seven shake shall share sharp she sheet ship shirt shoe shop shore short shot shout show
    shown shut sick side sign silly since sing sir sister sit six size skill skin sky sleep slept slip
    slow small smell smile smoke smooth snow soft soil sold somebody someone somewhere son song soon
    sorry sort soul sound soup south space speak special speech spell spend spent spoke sport spot
    spread spring stage stair stand star stare state station stay steal steel stick stock stole stone
    stood store storm story strange street strong study stuff style subject such suddenly sugar suit
    summer sun support swim switch tail talk tall taste tax tea teach team tear tell ten term thank
    thanks thick thin thought thus tidy tie tied ties till tiny tire tired today together told tomorrow
    tone tonight took tool tooth top touch tough toward town train travel treat tree trial tried trip
    trouble truck true trust truth try tune turn twelve twenty two typing ugly uncle unit visit voice
    vote wait wake walk wall war warm warn wash waste watch water wave way weak wear weather week
    weekend weird west wet wheel wide wife wild win wind window winter wise wish woman wonder wood word
    optimiser optimizer retrain retrained retraining pretrained browsing labelled labeled covariance
    fresh stale brand new worse worst worth write yard year yellow yesterday yet young zoom
    """)
)
STOP = frozenset(
    _bag("""
    a an the is are was were be been do does did of to in on at for and or but if it its this that
    these those i we you he she they me my our your us with as by from so not no there then than
    have has had can could should would will may might must about into over out up down just also
    any some what which how when where who why
    """)
)
