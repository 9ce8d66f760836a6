"""First names in use in Britain: a capitalised word that opens a sentence is a name where it is one of these."""

from __future__ import annotations

from typing import Final

from almoner.pipeline.lines import vocabulary

FIRST_NAMES: Final = vocabulary.words("""
    aaliyah aaron abbie abby abdi abdul abdullah abena abigail abu ada adam ade adebayo adele adnan adrian
    agnieszka ahmed aidan ailsa ainsley aisha aisling alan alana alasdair albie aled alejandro alex alexa
    alexander alexandra alexis alfie alfred ali alice alicia alina alisha alison alistair allan allison
    alun alyssa ama amal amandeep amara amber ameera amela amelia amelie amina amir amira amit amy ana
    anabelle anastasia andrea andreea andrei andrew aneesa aneesah angel angela angharad angus anika anil
    anisa anita ann anna annabel annabelle anne annie anthony anton antonia anya anzor aoife archie areeba
    ariana arjun arlo arthur arun arwa arya asha ashanti ashley ashton asif astrid athena aubrey audrey
    aurora austin ava avery ayaan ayan ayesha ayla ayra ayub azra baljit balvinder barbara barnaby barney
    barry bartosz beatrice becky bella ben benedict benjamin bernard beth bethan bethany betty beverley
    beyonce bianca bilal billie billy blake blessing blodwen bobby bogdan bonnie bradley brandon breanna
    brenda breonna brian bridget bronson bronwen brooke bruce bryn caitlin caleb callan callum cameron
    camilla carl carla carly carol caroline carter carys casey catherine catrin catriona cerys charis
    charles charley charlie charlotte chelsea cheryl chidi chinedu chinyere chloe chris christian
    christina christine christopher chukwu ciara ciaran cillian claire clara clare clarissa claudiu clive
    clodagh cody cole colin colleen connie connor conor cora corey courtney craig cristian crystal cynthia
    dafydd daisy dale damian damilola dan dana daniel daniela danielle danny darcey darcy daria darnell
    darren dave david davina dawid dawn dean debbie deborah declan deepa delilah demi denise dennis derek
    dermot deshawn desmond destiny dexter diana diane dilan dilys divya dmitri dominic dominik donna
    doreen doris dorothy douglas dragos duncan dylan eamon ebony eddie edie edith edna edward edwin eesa
    eileen eilidh eimear eirlys elaine eleanor elena eli elijah elin eliot eliza elizabeth ella elle ellen
    ellie elliot elliott ellis eloise elsie elspeth eluned emeka emilia emily emir emma emmanuel emrys
    enid eoghan eoin eric erica erik erin eshaal esme esmee esther ethan ethel eva evan evangeline eve
    evelyn evie ewa ewan ewen ezinne ezra fadumo fahad faisal faith farah farhan fatima felicity felix
    fergus fern ffion filip findlay finlay finley finn fiona florence florin folake frances francesca
    francis frank frankie fraser fred freddie frederick freya gabriel gabriela gabriella gareth garry gary
    gauri gavin geeta gemma geoff george georgia georgie georgina geraint gerald geraldine gerard gethin
    gheorghe ghulam gillian gina giovanni gita giulia gladys glen glenn glenys gloria gordon grace gracie
    graeme graham grainne grant greg gregor gregory greta gul gurdeep gurpreet guy gwen gwilym gwion
    gwyneth habiba hadi hadiya hajra haleema halima hamid hamish hamza hana hanna hannah harjit harley
    harold haroon harper harpreet harriet harris harrison harry harvey hasan hassan hattie hayden hayley
    hazel heather hector heidi heledd helen helena henry hetty hilary hilda hodan holly hope howard huda
    hudson hugh hugo humza hussain hussein huw ian ibrahim idil idris ieuan ifeoma igor imogen imran ina
    inaya inderjit india ines innes ioana iolo iona iqra ira irene iris iryna isaac isabel isabella
    isabelle isha ishaan isla ismail isobel issa iulia ivan ivy iwan jack jackie jackson jacob jacqueline
    jade jaden jake jakub james jamal jamie jamila jan jane janet janice jared jasmin jasmina jasmine jason
    jasper jaspreet jaswinder jaxon jay jayden jaydon jayne jean jeffrey jemima jenna jennifer jenny
    jeremiah jeremy jermaine jerome jess jesse jessica jessie jia jibril jill jim jimmy joan joanna joanne
    jodi jodie joe joel joey john johnny jolanta jon jonah jonathan jordan jose joseph josephine josh
    joshua josie joy joyce juan jude judith julia julian julie jun junaid june juno justin jyoti kacey
    kacper kai kaiden kaitlyn kamal kamil karen karim karina karl karolina kasey kate katherine kathleen
    kathryn katia katie katy kauser kavita kay kaya kayden kayla kaylee kayleigh keeley keira keiron
    keisha keith kelly kelsey ken kenneth kenny kenzie kerry kevin keziah khadija khadra khalid kian kiana
    kiera kieran kieron kim kimberley kira kirsteen kirsten kirsty kit kofi kristina krystal krzysztof
    ksenia kuldeep kwame kyla kyle kylie lacey lachlan laiba laila lakhbir lakshmi lana lara lata latoya
    laura lauren laurence laurentiu lawrence layan layla leah leanne lee leila lejla lena lennon lenny leo
    leon leona leonard leroy lesley leslie levi lewis lexi lexie leyla liam lian libby lila lilah lilian
    lillian lillie lily lina linda lindsay linh lisa liv liz llinos llyr logan lois lola loretta lorna
    lorne lorraine lottie louie louis louisa louise lowri luca lucas lucia lucinda lucy luis lukas luke
    luna lydia lynda lynn lyra mabel madalina maddison madeleine madison maeve magda mahmoud mahnoor mair
    maire mairi maisie maja malachi malcolm malgorzata malik mandeep mandy manoj manpreet manuel marc
    marcel marcia marcus margaret margot mari maria mariam mariana marie marina mario marion marius
    marjorie mark marlene marley marlon marlowe marsaili marta martha martin martina martyn marvin mary
    maryam maryan mason mateo mateusz matilda matteo matthew maureen maurice mavis max maxwell maya meena
    megan mehmet mei meinir melanie melissa melody menna mercedes meredith meurig mhairi mia micah michael
    michaela michal michelle mihai mike mila miles millie milo mimi mina minh minnie miranda miriam misha
    mitchell moesha mohamad mohamed mohammad mohammed mohan moira molly monica monika morag morgan morven
    moses mubarak muhammad muhammed muriel musa mustafa mya myfanwy myla nabeel nadia nadine nafisa naima
    nancy naomi naresh nasir nasra nasreen natalia natalie natasha nathan nathaniel naveed navjot neha
    neil nell nellie nermin nerys nevaeh ngozi niall niamh nicholas nick nicola nicolas nicole nicoleta
    nicu nigel nikhil nikita nikola nina nirmal noah noel non noor nora norah noreen norma norman nour
    nova obinna oisin ola oleksandr olena olga olive oliver olivia ollie olwen omar omari onkar orla oscar
    osian osman otis otto owen paddy padraig paige pamela pankaj parker parminder parveen patience
    patricia patrick patryk paul paula pauline pawel payton pearl penelope penny percy perry peter petra
    phil philip phillip phoebe phyllis piotr pippa polly pooja poppy prabhjot prakash precious preeti
    preston priscilla priya qasim quentin quinn rabia rachel rafael rafferty rahul raj rajan rajesh
    rajinder rakesh ralph raluca ramesh ramona rana rani rania ranjit raphael raquel rashid raul ravi ray
    raymond razvan rebecca reece reggie regina reginald rehan rehana rekha remi renee reuben rex rhea
    rhian rhiannon rhodri rhona rhun rhys ria ricardo richard ricky riley rio rita ritu river rob robbie
    robert roberta robin robyn rocco rochelle roderick rodney roger rohan roisin roksana roman romeo romy
    ron ronald ronan ronnie rory rosa rosalie rosalind rosalyn roscoe rosemary rosie ross rowan roxana
    roxanne roy ruaridh ruben ruby rudi rukhsana rupa rupert ruqayyah russell ruth ryan rylan saad sabrina
    sadie safa saffron safiya sagal saima saira sajid sally salma salman sam samantha samara sameer samia
    samina samir samira samson samuel sana sandra sanjana sanjay santiago saoirse sara sarah sasha satnam
    saul savannah sayed scarlett scott seamus sean sebastian seema selena selina selma serena sergei seth
    shabana shabnam shaheen shahid shahzad shakira shamima shane shanelle shania shanice shannon shanti
    sharon shaun shauna shawn shazia sheila shelby shelley shereen sheridan shilpa shirin shirley shona
    shreya sian sidney sidra siena sienna sierra silas silvia simon simona simone simran sinead sinéad
    siobhan sioned sita siân skye skyla skylar sofia sofie solomon sonal sonia sonny sophia sophie stacey
    stan stanislaw stanley star stefan stefania stella stephanie stephen steve steven stewart stuart sue
    sufyan sukhdeep sumaya summer sunil sunita suresh surinder susan susanna susannah susie suzanne sven
    svitlana swati sydney sylvester sylvia szymon tabitha tahira talia tallulah talullah tamara tamsin
    tanika tanisha tanvi tanya tara tariq tasha tasnim tatiana taylor tayyab ted teddie teddy tegan
    tehmina tejinder terence teresa terry tess tessa tetiana thalia thandi theo theodore theresa thomas
    tia tiago tiana tiernan tiffany tilda tillie tilly tim timothy tina tobias toby tom tomas tomasz tommy
    tomos toni tony torquil tracey tracy travis trevor tristan troy tunde ty tyler tyrell tyrese tyrone
    uche umar una usha usman uzma vandana vanessa vedran vera verity veronica vicky victor victoria vihaan
    vijay vikas vikram vinay vincent vinod viola violet virginia vivian vivienne vlad volodymyr wahid
    walter wanda waqas warren warsame wayne wei wendy wesley whitney wilbur wilfred will willa william
    willow wilson winifred winnie winston wojciech xander xavier yahya yara yasmin yasmine yaw ying
    yolanda yousef yulia yusra yusuf yvette yvonne zac zach zachary zack zahir zahra zaid zain zaina
    zainab zak zakaria zakia zane zara zayn zbigniew zeeshan zena zephyr zeynep ziva zoe zofia zoya
    zubaida zuri zuzanna
    """)
